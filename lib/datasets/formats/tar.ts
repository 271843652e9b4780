import { DatasetError } from "../dataset_error.ts";

const BLOCK = 512;

/** A regular file in a tar archive. */
export interface TarMember {
  /** The member's path in the archive, as written there: not to be trusted. */
  name: string;
  /** Its size in bytes. */
  bytes: number;
  /** Its contents in pieces; to be read before the next member is asked for. */
  contents: AsyncIterable<Uint8Array>;
}

/**
 * The regular files of a tar archive (ustar and its predecessors), one after
 * the other, from a stream: no more than a piece of the stream is in memory.
 *
 * Folders, links and extended headers are passed over; a name that stands in
 * an extended header is not used.
 *
 * @param archive The unpacked archive, in pieces of any size.
 * @param file The archive's name, for errors.
 * @throws {DatasetError} If a header is damaged or the archive ends early.
 *
 * @example An empty archive
 * ```ts
 * import { readTar } from "./tar.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * async function* empty() {
 *   yield new Uint8Array(1024);
 * }
 * deepStrictEqual(await Array.fromAsync(readTar(empty(), "a.tar")), []);
 * ```
 *
 * Reference: POSIX.1-2001, pax, "ustar Interchange Format".
 */
export async function* readTar(
  archive: AsyncIterable<Uint8Array>,
  file: string,
): AsyncGenerator<TarMember> {
  const pieces = archive[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array(0);

  /** The next `bytes` bytes, in the pieces that they come in. */
  async function* take(bytes: number): AsyncGenerator<Uint8Array> {
    while (bytes > 0) {
      if (held.length === 0) {
        const { value, done } = await pieces.next();
        if (done) throw new DatasetError(`${file}: the archive ends early`);
        held = value;
        continue;
      }
      const piece = held.subarray(0, bytes);
      held = held.subarray(piece.length);
      bytes -= piece.length;
      yield piece;
    }
  }

  const header = new Uint8Array(BLOCK);
  try {
    for (;;) {
      let filled = 0;
      for await (const piece of take(BLOCK)) {
        header.set(piece, filled);
        filled += piece.length;
      }
      // The archive ends with blocks of zeros.
      if (header.every((byte) => byte === 0)) return;
      const { name, bytes, regular } = parseHeader(header, file);
      let left = bytes;
      const contents = async function* () {
        for await (const piece of take(left)) {
          left -= piece.length;
          yield piece;
        }
      };
      if (regular) yield { name, bytes, contents: contents() };
      // What the reader left, and the padding to whole blocks.
      const padding = (BLOCK - bytes % BLOCK) % BLOCK;
      for await (const _ of take(left + padding));
    }
  } finally {
    await pieces.return?.();
  }
}

function parseHeader(
  header: Uint8Array,
  file: string,
): { name: string; bytes: number; regular: boolean } {
  const text = (from: number, length: number) => {
    const field = header.subarray(from, from + length);
    const end = field.indexOf(0);
    return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
  };
  const octal = (from: number, length: number) => {
    const digits = text(from, length).trim();
    return /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
  };
  // The sum counts its own field as spaces.
  const sum = header.reduce(
    (total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte),
    0,
  );
  const bytes = octal(124, 12);
  if (octal(148, 8) !== sum || !Number.isSafeInteger(bytes)) {
    throw new DatasetError(`${file}: a header of the archive is damaged`);
  }
  // GNU's variant, "ustar ", keeps times where the prefix is.
  const prefix = text(257, 6) === "ustar" ? text(345, 155) : "";
  const type = text(156, 1);
  return {
    name: prefix ? `${prefix}/${text(0, 100)}` : text(0, 100),
    bytes,
    regular: type === "" || type === "0",
  };
}
