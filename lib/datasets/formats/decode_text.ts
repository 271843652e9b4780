import { DatasetError } from "../dataset_error.ts";

/**
 * A file's text.
 *
 * @param bytes What it holds.
 * @param path Its path, for errors.
 * @throws {DatasetError} If it is not UTF-8.
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new DatasetError(`${path}: is not text in UTF-8`, { cause: error });
  }
}
