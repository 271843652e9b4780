import { delimiter, join } from "node:path";
import type { Environment } from "../files/mod.ts";
import { faultsOf } from "../kernel/spec/install.ts";
import { isSlopeKernel, type KernelSpec } from "../kernel/spec/kernel_spec.ts";
import { probeKernel } from "../kernel/spec/probe.ts";
import type { Finding } from "./finding.ts";

/** What makes Slope's kernel known to Jupyter. */
const COMMAND = "run `deno task kernel`";

/**
 * Whether Jupyter has Slope's kernel, and whether that starts and imports Slope: looks
 * for `kernel.json` files where Jupyter looks for kernels.
 *
 * Reference: Jupyter documentation, "Data files".
 */
export async function examineJupyter(
  environment: Environment,
): Promise<Finding[]> {
  const name = "Jupyter kernel";
  const found: { name: string; path: string }[] = [];
  for (const folder of kernelFolders(environment)) {
    for (const name of await namesIn(folder)) {
      const path = join(folder, name, "kernel.json");
      const spec = await readSpec(path);
      if (isSlopeKernel(spec)) {
        return [await examineSlopeKernel(name, path, spec)];
      }
      if (startsDeno(spec)) found.push({ name, path });
    }
  }
  return [{
    name,
    status: "missing",
    detail: found.length === 0
      ? "none for Deno"
      : `only Deno's own, ${
        found.map(({ name, path }) => `${name} (${path})`).join(", ")
      }`,
    advice: found.length === 0
      ? `to work in notebooks, install Jupyter and ${COMMAND}`
      : `${COMMAND}: in Deno's own, outputs get lost and Stop ends the kernel`,
    values: { kernels: found },
  }];
}

/** Starts a kernel of Slope. */
async function examineSlopeKernel(
  kernelName: string,
  path: string,
  spec: KernelSpec,
): Promise<Finding> {
  const name = "Jupyter kernel";
  const values = { kernels: [{ name: kernelName, path }] };
  const [fault] = await faultsOf({ name: kernelName, path, spec });
  try {
    if (fault !== undefined) throw new Error(fault);
    const seconds = await probeKernel(spec);
    return {
      name,
      status: "ok",
      detail: `${kernelName} (${path}), ready in ${seconds.toFixed(1)} s`,
      values: { ...values, seconds },
    };
  } catch (error) {
    return {
      name,
      status: "broken",
      detail: `${kernelName} (${path}): ${(error as Error).message}`,
      advice: `${COMMAND} again`,
      values,
    };
  }
}

/** The folders that Jupyter reads kernels from, first one first. */
function kernelFolders(environment: Environment): string[] {
  const home = environment.get("HOME") ?? environment.get("USERPROFILE");
  const roots = [
    ...(environment.get("JUPYTER_PATH") ?? "").split(delimiter),
    environment.get("JUPYTER_DATA_DIR"),
    home && {
      darwin: join(home, "Library", "Jupyter"),
      windows: join(environment.get("APPDATA") ?? home, "jupyter"),
    }[Deno.build.os as string],
    home &&
    join(
      environment.get("XDG_DATA_HOME") || join(home, ".local/share"),
      "jupyter",
    ),
    ...["VIRTUAL_ENV", "CONDA_PREFIX"].map((name) => {
      const prefix = environment.get(name);
      return prefix && join(prefix, "share", "jupyter");
    }),
    "/usr/local/share/jupyter",
    "/usr/share/jupyter",
  ];
  const folders = roots.filter((root) =>
    typeof root === "string" && root !== ""
  )
    .map((root) => join(root!, "kernels"));
  return [...new Set(folders)];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.map(({ name }) => name).sort();
  } catch {
    return [];
  }
}

async function readSpec(path: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return undefined;
  }
}

function startsDeno(spec: unknown): boolean {
  const { language, argv } = (spec ?? {}) as Partial<KernelSpec>;
  return /^(typescript|javascript)$/i.test(String(language)) &&
    Array.isArray(argv) && argv.some((arg) => /deno/i.test(String(arg)));
}
