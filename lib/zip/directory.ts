import type { ZipSource } from "./source.ts";

/** A file in an archive, as the archive's directory describes it. */
export interface ZipEntry {
  /** Its path: relative, with `/` between folders, never out of the archive. */
  name: string;
  /** Its bytes, unpacked. */
  size: number;
  /** Its bytes in the archive. */
  packedSize: number;
  /** The CRC-32 of its bytes. */
  crc32: number;
  /** How it is packed: 0 stored, 8 deflate, others unknown here. */
  method: number;
  /** Whether a password is needed. */
  encrypted: boolean;
  /** Where its local header begins. */
  offset: number;
}

/** The most bytes a directory may have: some 400,000 entries. */
const largestDirectory = 1 << 26;

/**
 * Reads what an archive holds.
 *
 * Knows zip64. Folders are left out. A name that would lead out of the folder
 * in which the archive is unpacked makes the whole archive suspect: it is
 * refused.
 *
 * @param source The archive.
 * @returns Its files, in the directory's order.
 * @throws {SyntaxError} If it is truncated, damaged, split over several files,
 * or has a file with an unsafe name or two with the same.
 *
 * Reference: PKWARE, .ZIP File Format Specification 6.3.10, sections 4.3.6 to
 * 4.5.3.
 *
 * @example An empty archive
 * ```ts
 * import { readDirectory } from "./directory.ts";
 * import { bytesSource } from "./source.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const empty = new Uint8Array(22);
 * empty.set([0x50, 0x4b, 5, 6]);
 * deepStrictEqual(await readDirectory(bytesSource(empty, "empty.zip")), []);
 * ```
 */
export async function readDirectory(source: ZipSource): Promise<ZipEntry[]> {
  const { offset, size, count } = await findDirectory(source);
  if (offset + size > source.size || size > largestDirectory) {
    throw damaged(source, "its directory does not fit in the file");
  }
  const bytes = await source.read(offset, size);
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > size || view.getUint32(at, true) !== 0x02014b50) {
      throw damaged(
        source,
        `its directory ends after ${i} of ${count} entries`,
      );
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const end = at + 46 + nameLength + extraLength +
      view.getUint16(at + 32, true);
    if (end > size) throw damaged(source, "its directory is cut off");
    const nameEnd = at + 46 + nameLength;
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd));
    requireSafe(source, name);
    const extra = viewOf(bytes.subarray(nameEnd, nameEnd + extraLength));
    const entry = {
      name,
      ...sizesOf(source, view, at, extra),
      crc32: view.getUint32(at + 16, true),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    };
    if (entry.offset + entry.packedSize > source.size) {
      throw damaged(source, `${JSON.stringify(name)} does not fit in the file`);
    }
    at = end;
    if (name.endsWith("/")) continue;
    if (names.has(name)) {
      throw damaged(source, `${JSON.stringify(name)} is there twice`);
    }
    names.add(name);
    entries.push(entry);
  }
  return entries;
}

/** Where the directory is: from the record at the archive's end. */
async function findDirectory(
  source: ZipSource,
): Promise<{ offset: number; size: number; count: number }> {
  // The record has 22 bytes, then a comment of up to 65,535; before it may
  // stand the 20 bytes that point to the zip64 record.
  const tailSize = Math.min(source.size, 20 + 22 + 0xffff);
  const tail = await source.read(source.size - tailSize, tailSize);
  const view = viewOf(tail);
  let at = tailSize - 22;
  while (at >= 0 && !isEndRecord(view, at)) at--;
  if (at < 0) throw damaged(source, "it has no directory at its end");
  const record = {
    count: view.getUint16(at + 10, true),
    size: view.getUint32(at + 12, true),
    offset: view.getUint32(at + 16, true),
  };
  const split = view.getUint16(at + 4, true);
  if (split !== 0 && split !== 0xffff) {
    throw damaged(source, "it is one of several parts");
  }
  if (at < 20 || view.getUint32(at - 20, true) !== 0x07064b50) return record;
  const offset = uint64(source, view, at - 12);
  if (offset + 56 > source.size) {
    throw damaged(source, "its zip64 record does not fit in the file");
  }
  const zip64 = viewOf(await source.read(offset, 56));
  if (zip64.getUint32(0, true) !== 0x06064b50) {
    throw damaged(source, "its zip64 record is not where it should be");
  }
  return {
    count: uint64(source, zip64, 32),
    size: uint64(source, zip64, 40),
    offset: uint64(source, zip64, 48),
  };
}

/** Whether a record begins here whose comment ends with the archive. */
function isEndRecord(view: DataView, at: number): boolean {
  return view.getUint32(at, true) === 0x06054b50 &&
    at + 22 + view.getUint16(at + 20, true) === view.byteLength;
}

/** Sizes and offset, from the zip64 field where the plain ones are full. */
function sizesOf(
  source: ZipSource,
  view: DataView,
  at: number,
  extra: DataView,
): Pick<ZipEntry, "size" | "packedSize" | "offset"> {
  let size = view.getUint32(at + 24, true);
  let packedSize = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  const full = 0xffffffff;
  if (size !== full && packedSize !== full && offset !== full) {
    return { size, packedSize, offset };
  }
  for (let field = 0; field + 4 <= extra.byteLength;) {
    const length = extra.getUint16(field + 2, true);
    const end = field + 4 + length;
    if (extra.getUint16(field, true) === 1 && end <= extra.byteLength) {
      let next = field + 4;
      const take = (): number => {
        next += 8;
        if (next > end) throw damaged(source, "a zip64 field is cut off");
        return uint64(source, extra, next - 8);
      };
      if (size === full) size = take();
      if (packedSize === full) packedSize = take();
      if (offset === full) offset = take();
      return { size, packedSize, offset };
    }
    field = end;
  }
  throw damaged(source, "a zip64 field is missing");
}

function requireSafe(source: ZipSource, name: string): void {
  const parts = name.replace(/\/$/, "").split("/");
  const leadsOut = parts.some((part) => ["", ".", ".."].includes(part)) ||
    /^[a-z]:/i.test(name);
  // deno-lint-ignore no-control-regex -- control characters are the point
  if (leadsOut || /[\\\x00-\x1f\x7f]/.test(name)) {
    throw damaged(source, `it has a file named ${JSON.stringify(name)}`);
  }
}

function uint64(source: ZipSource, view: DataView, at: number): number {
  const value = Number(view.getBigUint64(at, true));
  if (value > Number.MAX_SAFE_INTEGER) {
    throw damaged(source, "a number in it is out of range");
  }
  return value;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(source: ZipSource, what: string): SyntaxError {
  return new SyntaxError(`${source.name} is not a sound zip archive: ${what}`);
}
