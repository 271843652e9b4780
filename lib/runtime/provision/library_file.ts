import { basename, dirname, join, resolve } from "node:path";
import { ProvisionError } from "./error.ts";
import { leastBytesOf, processorOf } from "./machine.ts";

/** The names libtensorflow goes by: in wheels, in the C package. */
const names = [
  "libtensorflow_cc.so.2",
  "libtensorflow.so.2",
  "libtensorflow_cc.2.dylib",
  "libtensorflow.2.dylib",
];

/** Where in a folder it may be: there, in a wheel, in the C package. */
const folders = [".", "tensorflow", "lib"];

/** A libtensorflow of the user's own. */
export interface LibraryFile {
  /** The file to load. */
  library: string;
  /** The file that it depends on. */
  framework: string;
}

/**
 * Finds libtensorflow where the user says it is, and checks that this machine
 * can load it.
 *
 * @param path The file, or a folder that has it, or a folder with a Python
 * package `tensorflow` or a `lib` that has it.
 * @returns The paths of its two files.
 * @throws {ProvisionError} If it is not there, is not a library, was built for
 * another processor, is cut short, or lacks `libtensorflow_framework` beside it.
 *
 * @example
 * ```ts
 * import { libraryAt } from "./library_file.ts";
 * import { rejects } from "node:assert";
 *
 * await rejects(libraryAt("/not/there"), /SLOPE_LIBTENSORFLOW/);
 * ```
 */
export async function libraryAt(path: string): Promise<LibraryFile> {
  const library = await find(resolve(path));
  await requireLoadable(library);
  const suffix = basename(library).replace(/^libtensorflow(_cc)?/, "");
  const framework = join(dirname(library), `libtensorflow_framework${suffix}`);
  if (!(await isFile(framework))) {
    throw wrong(`${basename(framework)} is missing beside ${library}`);
  }
  await requireLoadable(framework);
  return { library, framework };
}

async function find(path: string): Promise<string> {
  if (await isFile(path)) return path;
  for (const folder of folders) {
    for (const name of names) {
      const file = join(path, folder, name);
      if (await isFile(file)) return file;
    }
  }
  throw wrong(`there is no ${names[0]} in ${path}`);
}

async function requireLoadable(library: string): Promise<void> {
  const header = new Uint8Array(64);
  let size: number;
  {
    using file = await Deno.open(library);
    await file.read(header);
    size = (await file.stat()).size;
  }
  const processor = processorOf(header);
  if (processor === undefined) {
    throw wrong(`${library} is not a 64-bit shared library`);
  }
  if (processor !== Deno.build.arch) {
    const other = processor === "other" ? "another processor" : processor;
    throw wrong(
      `${library} was built for ${other}, this machine is ${Deno.build.arch}`,
    );
  }
  // Of a library that is cut short the system maps pages that are not there: the
  // process would be killed when it touched them.
  const least = leastBytesOf(header);
  if (size < least) {
    throw wrong(
      `${library} is cut short: it has ${size} bytes of at least ${least}`,
    );
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch {
    return false;
  }
}

function wrong(what: string): ProvisionError {
  return new ProvisionError(
    `SLOPE_LIBTENSORFLOW: ${what}; name a folder or file of libtensorflow, or unset it`,
  );
}
