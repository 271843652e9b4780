/**
 * Folders with a folder a class.
 *
 * @module
 */
import { join } from "node:path";
import { DatasetError } from "../dataset_error.ts";
import { explainReadError } from "./read_contents.ts";

/**
 * The names in a folder, in order; those that begin with a dot are left out.
 *
 * @throws {DatasetError} If there is no such folder, or it may not be read.
 */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
    return names.filter((name) => !/^\.|^Thumbs\.db$/i.test(name)).sort();
  } catch (error) {
    throw explainReadError(error, folder);
  }
}

/**
 * The folders of classes in a folder, in order.
 *
 * @throws {DatasetError} If something else is in there.
 */
export async function classesIn(folder: string): Promise<string[]> {
  const names = await namesIn(folder);
  for (const name of names) {
    const { isDirectory } = await Deno.stat(join(folder, name));
    if (!isDirectory) {
      throw new DatasetError(
        `${
          join(folder, name)
        }: is a file, expected folders named after classes`,
      );
    }
  }
  return names;
}
