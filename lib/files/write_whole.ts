/**
 * Writing files so that they are whole or not there.
 *
 * @module
 */

import { dirname } from "node:path";
import { explainWriteError } from "./free_space.ts";

/** What distinguishes temporary files of this process from others'. */
let count = 0;

/**
 * Writes a file beside its place, flushes it, and moves it there: whoever reads
 * the path finds the old contents or the new, whole.
 *
 * @param path Where the file goes; its folder must exist.
 * @param contents Bytes, or text to be written as UTF-8.
 * @throws {NoSpaceError} If the disk is full.
 */
export async function writeWhole(
  path: string,
  contents: Uint8Array | string,
): Promise<void> {
  const temporary = `${path}.${Deno.pid}-${count++}.part`;
  const bytes = typeof contents === "string"
    ? new TextEncoder().encode(contents)
    : contents;
  try {
    const file = await Deno.open(temporary, {
      write: true,
      create: true,
      truncate: true,
    });
    try {
      let written = 0;
      while (written < bytes.length) {
        written += await file.write(bytes.subarray(written));
      }
      await file.sync();
    } finally {
      file.close();
    }
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw await explainWriteError(error, dirname(path), bytes.length);
  }
}
