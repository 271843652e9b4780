import { dirname, join } from "node:path";
import { writeWhole } from "../../files/write_whole.ts";
import logo from "./logo.svg" with { type: "text" };
import { isSlopeKernel, type KernelSpec, kernelSpec } from "./kernel_spec.ts";

/** An installed kernel of Slope. */
export interface InstalledKernel {
  /** The name by which notebooks ask for it. */
  name: string;
  /** Its `kernel.json`. */
  path: string;
  /** What that says. */
  spec: KernelSpec;
}

/** The name a kernel is installed under if none is given. */
export const DEFAULT_NAME = "slope";

/**
 * Where a kernel of this name belongs.
 *
 * @throws {RangeError} If Jupyter would not find a kernel of this name.
 */
export function specPath(data: string, name: string): string {
  if (!/^[a-z0-9_][a-z0-9._-]*$/.test(name)) {
    throw new RangeError(
      `--name must be of the characters a-z, 0-9, ".", "_" and "-", got ${
        JSON.stringify(name)
      }`,
    );
  }
  return join(data, "kernels", name, "kernel.json");
}

/**
 * Installs this checkout's kernel, in the place of an older one of Slope.
 *
 * @param data Jupyter's data folder.
 * @param name The name by which notebooks will ask for it.
 * @returns Its `kernel.json`.
 * @throws {Error} If another program's kernel has that name.
 */
export async function installKernel(
  data: string,
  name: string,
): Promise<string> {
  const path = specPath(data, name);
  await refuseForeign(path, name);
  await Deno.mkdir(dirname(path), { recursive: true });
  // Front ends look for a picture of this name beside the kernel.json.
  await writeWhole(join(dirname(path), "logo-svg.svg"), logo);
  await writeWhole(path, `${JSON.stringify(kernelSpec(), null, 2)}\n`);
  return path;
}

/**
 * Removes a kernel of Slope.
 *
 * @param data Jupyter's data folder.
 * @param name Its name.
 * @returns The folder that was removed, or undefined if there was none.
 * @throws {Error} If it is not Slope's.
 */
export async function removeKernel(
  data: string,
  name: string,
): Promise<string | undefined> {
  const path = specPath(data, name);
  if (await readSpec(path) === undefined) return undefined;
  await refuseForeign(path, name);
  await Deno.remove(dirname(path), { recursive: true });
  return dirname(path);
}

/** The kernels of Slope in a data folder of Jupyter, by name. */
export async function listKernels(data: string): Promise<InstalledKernel[]> {
  const found: InstalledKernel[] = [];
  try {
    for await (const { name } of Deno.readDir(join(data, "kernels"))) {
      const path = join(data, "kernels", name, "kernel.json");
      const spec = await readSpec(path);
      if (isSlopeKernel(spec)) found.push({ name, path, spec });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort((a, b) => a.name < b.name ? -1 : 1);
}

/**
 * What keeps an installed kernel from starting.
 *
 * @returns One line for each thing; none if it can start.
 */
export async function faultsOf({ spec }: InstalledKernel): Promise<string[]> {
  const faults: string[] = [];
  const [program = ""] = spec.argv;
  const launcher = spec.argv.find((argument) => argument.endsWith("main.ts"));
  for (const path of [program, launcher ?? ""]) {
    if (!(await isFile(path))) faults.push(`${path} is not there`);
  }
  return faults;
}

async function refuseForeign(path: string, name: string): Promise<void> {
  const spec = await readSpec(path);
  if (spec !== undefined && !isSlopeKernel(spec)) {
    throw new Error(
      `${path} is not Slope's; choose another name than ${name} with --name`,
    );
  }
}

/** What a `kernel.json` says; null if it says nothing, undefined if there is none. */
async function readSpec(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}
