/**
 * Writes zip archives.
 *
 * @module
 */
import { crc32 } from "node:zlib";

/** Little-endian numbers of 2 or 4 bytes, one after the other. */
function record(fields: readonly (readonly [bytes: 2 | 4, value: number])[]) {
  const out = new Uint8Array(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return out;
}

/** The first of January 1980, so that the same files give the same bytes. */
const DATE = 0x21;

/**
 * A zip archive of files as they are, uncompressed.
 *
 * @param files Contents by name.
 * @throws {RangeError} If there are 65,535 files or more, or 4 GB or more.
 *
 * @example
 * ```ts
 * import { bytesSource, entryBytes, readDirectory } from "./mod.ts";
 * import { writeZip } from "./write_zip.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const bytes = Uint8Array.of(1, 2, 3);
 * const source = bytesSource(writeZip({ "a.npy": bytes }), "a.npz");
 * const [entry] = await readDirectory(source);
 * deepStrictEqual(await entryBytes(source, entry!), bytes);
 * ```
 */
export function writeZip(
  files: Readonly<Record<string, Uint8Array>>,
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [], directory: Uint8Array[] = [];
  let at = 0;
  const entries = Object.entries(files);
  for (const [name, bytes] of entries) {
    const path = new TextEncoder().encode(name);
    const common = [
      [2, 20], // version needed
      [2, 0x800], // names are UTF-8
      [2, 0], // stored
      [4, DATE << 16],
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ] as const;
    const local = [record([[4, 0x04034b50], ...common]), path, bytes];
    directory.push(
      record([
        [4, 0x02014b50],
        [2, 20],
        ...common,
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, at],
      ]),
      path,
    );
    for (const part of local) at += part.length;
    parts.push(...local);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  if (entries.length >= 0xffff || at + size >= 0xffffffff) {
    throw new RangeError("an archive must have under 65,535 files and 4 GB");
  }
  const end = record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, size],
    [4, at],
    [2, 0],
  ]);
  const archive = new Uint8Array(at + size + end.length);
  let to = 0;
  for (const part of [...parts, ...directory, end]) {
    archive.set(part, to);
    to += part.length;
  }
  return archive;
}
