/**
 * Writing zip archives.
 *
 * @module
 */
import { crc32 } from "node:zlib";

/** 1 January 1980, so that the same contents give the same bytes. */
const DATE = 0x0021;

/**
 * The bytes of an archive whose files are stored, not packed: weights hardly pack.
 *
 * @param files The files by their paths, of less than 4 GiB in all.
 * @returns The archive; the same for the same files.
 * @throws {RangeError} If it would be too large.
 *
 * @example A round trip
 * ```ts
 * import { bytesSource, encodeZip, entryBytes, readDirectory } from "./mod.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const zip = encodeZip({ "a/b.txt": new TextEncoder().encode("hello") });
 * const source = bytesSource(zip, "a.zip");
 * const [entry] = await readDirectory(source);
 * deepStrictEqual(await entryBytes(source, entry!), new TextEncoder().encode("hello"));
 * ```
 *
 * Reference: PKWARE, .ZIP File Format Specification 6.3.10, sections 4.3.7, 4.3.12
 * and 4.3.16.
 */
export function encodeZip(
  files: Readonly<Record<string, Uint8Array>>,
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([path, bytes]) => ({
    name: new TextEncoder().encode(path),
    bytes,
    offset: 0,
  }));
  const names = entries.reduce((sum, { name }) => sum + name.length, 0);
  const contents = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const size = contents + 2 * names + entries.length * (30 + 46) + 22;
  if (size >= 2 ** 32 || entries.length >= 2 ** 16) {
    throw new RangeError(
      `a zip archive must have less than 4 GiB and 65,536 files, got ${size} bytes and ${entries.length} files`,
    );
  }
  const archive = new Uint8Array(size);
  const view = new DataView(archive.buffer);
  let at = 0;

  /** What local header and directory say alike, from the version on. */
  const common = (name: Uint8Array, bytes: Uint8Array) => {
    const [version, utf8] = [20, 0x0800];
    for (const value of [version, utf8, 0, 0, DATE]) {
      view.setUint16(at, value, true);
      at += 2;
    }
    for (const value of [crc32(bytes), bytes.length, bytes.length]) {
      view.setUint32(at, value, true);
      at += 4;
    }
    view.setUint16(at, name.length, true);
    at += 4; // no extra field
  };
  for (const entry of entries) {
    entry.offset = at;
    view.setUint32(at, 0x04034b50, true);
    at += 4;
    common(entry.name, entry.bytes);
    archive.set(entry.name, at);
    archive.set(entry.bytes, at + entry.name.length);
    at += entry.name.length + entry.bytes.length;
  }
  const directory = at;
  for (const { name, bytes, offset } of entries) {
    view.setUint32(at, 0x02014b50, true);
    view.setUint16(at + 4, 20, true);
    at += 6;
    common(name, bytes);
    view.setUint32(at + 10, offset, true); // no comment, disk 0, no attributes
    at += 14;
    archive.set(name, at);
    at += name.length;
  }
  view.setUint32(at, 0x06054b50, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return archive;
}
