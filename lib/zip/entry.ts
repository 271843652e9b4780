import { crc32 } from "node:zlib";
import type { ZipEntry } from "./directory.ts";
import type { ZipSource } from "./source.ts";

/** Bytes read from the archive at a time. */
const pieceSize = 1 << 18;

/**
 * Unpacks a file of an archive, piece by piece.
 *
 * @param source The archive.
 * @param entry The file, from its directory.
 * @returns The file's bytes, in order. Never more than `entry.size`, whatever
 * the archive unpacks to.
 * @throws {SyntaxError} While it is read, if the file is damaged: its bytes do
 * not have the size and the CRC-32 that the directory says. Also if it is
 * packed in a way that is not known (only stored and deflate are) or needs a
 * password.
 *
 * @example The number of bytes, without holding them all
 * ```ts
 * import { bytesSource, entryPieces, readDirectory } from "./mod.ts";
 * import { strictEqual } from "node:assert";
 *
 * const source = bytesSource(
 *   Uint8Array.fromBase64(
 *     "UEsDBBQAAAAIAAAAIQALtCE+CQAAAA8AAAABAAAAYctIzcnJz4ATAFBLAQIUAxQAAAAIAA" +
 *       "AAIQALtCE+CQAAAA8AAAABAAAAAAAAAAAAAACAAQAAAABhUEsFBgAAAAABAAEALwAAACgA" +
 *       "AAAAAA==",
 *   ),
 *   "greeting.zip",
 * );
 * const [entry] = await readDirectory(source);
 * strictEqual(entry!.name, "a");
 * let size = 0;
 * for await (const piece of entryPieces(source, entry!)) size += piece.length;
 * strictEqual(size, 15);
 * ```
 */
export async function* entryPieces(
  source: ZipSource,
  entry: ZipEntry,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const packed = packedPieces(source, entry);
  let size = 0;
  let crc = 0;
  for await (const piece of unpack(source, entry, packed)) {
    size += piece.length;
    if (size > entry.size) break;
    crc = crc32(piece, crc);
    yield piece;
  }
  if (size > entry.size) {
    throw damaged(source, entry, `it has more than its ${entry.size} bytes`);
  }
  if (size < entry.size) {
    throw damaged(source, entry, `it has ${size} of its ${entry.size} bytes`);
  }
  if (crc !== entry.crc32) throw damaged(source, entry, "its CRC-32 differs");
}

/**
 * Unpacks a file of an archive into memory.
 *
 * @param source The archive.
 * @param entry The file, from its directory.
 * @param limit The most bytes it may have.
 * @returns The file's bytes.
 * @throws {RangeError} If the file is larger than the limit.
 * @throws {SyntaxError} As {@linkcode entryPieces}.
 *
 * @example The whole file
 * ```ts
 * import { bytesSource, entryBytes, readDirectory } from "./mod.ts";
 * import { strictEqual } from "node:assert";
 *
 * const source = bytesSource(
 *   Uint8Array.fromBase64(
 *     "UEsDBBQAAAAIAAAAIQALtCE+CQAAAA8AAAABAAAAYctIzcnJz4ATAFBLAQIUAxQAAAAIAA" +
 *       "AAIQALtCE+CQAAAA8AAAABAAAAAAAAAAAAAACAAQAAAABhUEsFBgAAAAABAAEALwAAACgA" +
 *       "AAAAAA==",
 *   ),
 *   "greeting.zip",
 * );
 * const [entry] = await readDirectory(source);
 * strictEqual(entry!.name, "a");
 * const bytes = await entryBytes(source, entry!);
 * strictEqual(new TextDecoder().decode(bytes), "hellohellohello");
 * ```
 */
export async function entryBytes(
  source: ZipSource,
  entry: ZipEntry,
  limit: number = 2 ** 30,
): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.size > limit) {
    throw new RangeError(
      `${entry.name} in ${source.name} may have at most ${limit} bytes, has ${entry.size}`,
    );
  }
  const bytes = new Uint8Array(entry.size);
  let done = 0;
  for await (const piece of entryPieces(source, entry)) {
    bytes.set(piece, done);
    done += piece.length;
  }
  return bytes;
}

async function* unpack(
  source: ZipSource,
  entry: ZipEntry,
  packed: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (entry.encrypted) throw damaged(source, entry, "it needs a password");
  if (entry.method === 0) return yield* packed;
  if (entry.method !== 8) {
    throw damaged(source, entry, `packing method ${entry.method} is unknown`);
  }
  const inflate = new DecompressionStream("deflate-raw");
  try {
    yield* ReadableStream.from(packed).pipeThrough(inflate);
  } catch (error) {
    // The inflater's own complaints are TypeErrors; others are of the source.
    if (!(error instanceof TypeError)) throw error;
    throw damaged(source, entry, "its deflated bytes make no sense", error);
  }
}

async function* packedPieces(
  source: ZipSource,
  entry: ZipEntry,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const missing = "its bytes are not where they should be";
  if (entry.offset + 30 > source.size) throw damaged(source, entry, missing);
  const header = await source.read(entry.offset, 30);
  const view = new DataView(header.buffer, header.byteOffset, 30);
  // Names and extra fields may differ in length from those in the directory.
  let at = entry.offset + 30 + view.getUint16(26, true) +
    view.getUint16(28, true);
  const end = at + entry.packedSize;
  if (view.getUint32(0, true) !== 0x04034b50 || end > source.size) {
    throw damaged(source, entry, missing);
  }
  for (; at < end; at += pieceSize) {
    yield await source.read(at, Math.min(pieceSize, end - at));
  }
}

function damaged(
  source: ZipSource,
  entry: ZipEntry,
  what: string,
  cause?: unknown,
): SyntaxError {
  const name = JSON.stringify(entry.name);
  return new SyntaxError(`${name} in ${source.name} is damaged: ${what}`, {
    cause,
  });
}
