import { basename, join } from "node:path";
import { DatasetError } from "../dataset_error.ts";
import type {
  FileEntry,
  FolderEntry,
  StreamedEntry,
} from "../dataset_entry.ts";
import { explainReadError } from "./read_contents.ts";

/**
 * The folder of a data set among several, if it is there.
 *
 * @param directory The folder that holds a folder per data set.
 * @param entry The data set.
 * @returns The path of the first of its folders that exists, or undefined.
 * @throws {DatasetError} If `directory` is missing, cannot be read or is a
 * file, or if a file stands where the data set's folder should be.
 *
 * @example
 * ```ts
 * import { locate } from "./locate.ts";
 * import { REGISTRY } from "../registry.ts";
 * import { strictEqual } from "node:assert";
 *
 * const mnist = REGISTRY.find((entry) => entry.name === "mnist");
 * if (mnist === undefined || !("files" in mnist)) throw new Error("not there");
 * const directory = await Deno.makeTempDir();
 * strictEqual(await locate(directory, mnist), undefined);
 * await Deno.mkdir(`${directory}/mnist`);
 * strictEqual(await locate(directory, mnist), `${directory}/mnist`);
 * await Deno.remove(directory, { recursive: true });
 * ```
 */
export async function locate(
  directory: string,
  entry: FileEntry | FolderEntry | StreamedEntry,
): Promise<string | undefined> {
  if (!(await isFolder(directory))) {
    throw new DatasetError(
      `${directory}: is missing, expected a folder of data sets`,
    );
  }
  const { folders } = "files" in entry ? entry.files : entry;
  for (const folder of folders) {
    const path = join(directory, folder);
    if (await isFolder(path)) return path;
  }
  return undefined;
}

/**
 * The path of a file of a data set, or of its gzip version.
 *
 * @param folder The data set's folder.
 * @param file The name of the unpacked file.
 * @returns The path, with `.gz` where only that exists.
 * @throws {DatasetError} If neither exists.
 *
 * @example
 * ```ts
 * import { locateFile } from "./locate.ts";
 * import { strictEqual } from "node:assert";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/housing.data.gz`, "");
 * strictEqual(await locateFile(folder, "housing.data"), `${folder}/housing.data.gz`);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function locateFile(
  folder: string,
  file: string,
): Promise<string> {
  const path = join(folder, file);
  for (const candidate of [path, `${path}.gz`]) {
    if (await exists(candidate)) return candidate;
  }
  throw new DatasetError(`${path}: is missing, and so is ${file}.gz`);
}

/**
 * Refuses a folder that lacks something.
 *
 * @param folder The data set's folder.
 * @param needs The folders and files that must be in there; of several names, one.
 * @throws {DatasetError} If one is missing.
 */
export async function checkNeeds(
  folder: string,
  needs: FolderEntry["needs"],
): Promise<void> {
  for (const need of needs) {
    const paths = [need].flat().map((name) => join(folder, name));
    const found = await Promise.all(paths.map(exists));
    if (found.some(Boolean)) continue;
    const others = paths.slice(1).map((path) => basename(path));
    throw new DatasetError(
      `${paths[0]}: is missing${
        others.length > 0 ? `, and so is ${others.join(" or ")}` : ""
      }`,
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return await statOf(path) !== undefined;
}

/** Whether a folder is there; a file in its place is an error. */
async function isFolder(path: string): Promise<boolean> {
  const found = await statOf(path);
  if (found === undefined) return false;
  if (found.isDirectory) return true;
  throw new DatasetError(`${path}: is a file, expected a folder`);
}

async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT") return undefined;
    throw explainReadError(error, path);
  }
}
