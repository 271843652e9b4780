/**
 * Reading the files of models: never more than their limit.
 *
 * @module
 */
import { ModelFileError } from "./model_file_error.ts";

/** The most bytes that a file of weights may have: 2 GiB. */
export const LARGEST_WEIGHTS = 2 ** 31;

/** The most bytes that a file of JSON may have: 64 MiB. */
export const LARGEST_JSON = 2 ** 26;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "is missing",
  ENOTDIR: "is missing: a part of the path is a file, not a folder",
  EACCES: "may not be read by this user",
};

/**
 * Reads a file.
 *
 * @param path Its path.
 * @param most The most bytes that it may have.
 * @throws {ModelFileError} If it is missing, no file, too large or not readable.
 */
export async function readBytes(
  path: string,
  most: number,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // Before opening: opening a pipe would wait for its other end.
    const { isFile, size } = await Deno.stat(path);
    if (!isFile) throw new ModelFileError(`${path}: is not a file`);
    if (size > most) {
      throw new ModelFileError(
        `${path}: has ${size} bytes, expected no more than ${most}`,
      );
    }
    using file = await Deno.open(path);
    const bytes = new Uint8Array(size);
    let read = 0;
    while (read < size) {
      const n = await file.read(bytes.subarray(read));
      if (n === null) throw new ModelFileError(`${path}: became shorter`);
      read += n;
    }
    return bytes;
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    if (code === undefined) throw error;
    throw new ModelFileError(
      `${path}: ${reasons[code] ?? `cannot be read: ${message}`}`,
      { cause: error },
    );
  }
}
