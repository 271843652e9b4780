import type { PreloadOptions } from "../preload/preload.ts";
import { MARKER } from "../shared/marker.ts";
import type { InnerKernel } from "./inner_kernel.ts";
import type { Iopub } from "./iopub.ts";
import { execute, request } from "./request.ts";

/** The longest that a cell of the check may take, in milliseconds. */
const PATIENCE = 5000;

/**
 * Runs the preload in the kernel, and checks with two cells that outputs are held as
 * they should be. No front end is connected yet.
 *
 * @returns What to tell the user where they are not; undefined where all is well.
 */
export async function prepare(
  kernel: InnerKernel,
  key: string,
  iopub: Iopub,
  options: PreloadOptions,
): Promise<string | undefined> {
  await subscribed(kernel, key, iopub);
  const module = new URL("../preload/preload.ts", import.meta.url).href;
  const { content: loaded } = await execute(
    kernel,
    key,
    `(await import(${JSON.stringify(module)})).preload(${
      JSON.stringify(options)
    })`,
    { silent: true },
  );
  const missing = loaded.status !== "ok"
    ? [`${loaded.ename}: ${loaded.evalue}`]
    : [
      ...await holds(kernel, key, iopub, "0", "status") ? [] : ["results"],
      ...await holds(kernel, key, iopub, "throw new Error()", "error")
        ? []
        : ["errors"],
    ];
  if (missing.length === 0) return undefined;
  return `Slope's kernel does not fit Deno ${Deno.version.deno} (${
    missing.join(", ")
  }); it goes on as Deno's own, which may lose outputs.\n`;
}

/** Waits until the stream of outputs is followed. */
async function subscribed(
  kernel: InnerKernel,
  key: string,
  iopub: Iopub,
): Promise<void> {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    await request(kernel, "shell", key, "kernel_info_request", {});
    if (iopub.own.size > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("deno jupyter does not send its outputs");
}

/** Whether a cell sends a marker before a message of this type. */
async function holds(
  kernel: InnerKernel,
  key: string,
  iopub: Iopub,
  code: string,
  before: string,
): Promise<boolean> {
  const { id } = await execute(kernel, key, code, { silent: false });
  let types: string[] = [];
  // busy, what the cell sends, idle
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    types = iopub.own.get(id) ?? [];
    if (types.filter((type) => type === "status").length === 2) break;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const marker = types.indexOf(MARKER);
  return marker >= 0 && marker < types.lastIndexOf(before);
}
