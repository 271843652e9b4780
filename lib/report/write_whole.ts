/**
 * Files that are there whole or not at all.
 *
 * @module
 */
import { dirname } from "node:path";

/**
 * Writes a file beside its place and then renames it into it, so that a reader
 * never sees half of it and a failure leaves the old one. Makes the folders
 * above it.
 *
 * @throws {Deno.errors} Whatever the file system refuses.
 */
export async function writeWhole(path: string, content: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${Deno.pid}.part`;
  try {
    const file = await Deno.open(aside, {
      write: true,
      create: true,
      truncate: true,
    });
    try {
      await writeAll(file, new TextEncoder().encode(content));
      await file.syncData();
    } finally {
      file.close();
    }
    await Deno.rename(aside, path);
  } catch (error) {
    await Deno.remove(aside).catch(() => {});
    throw error;
  }
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += await file.write(bytes.subarray(at));
  }
}
