/**
 * Sorted tables of keys and values, as TensorFlow's checkpoints have for an index
 * (the format of LevelDB).
 *
 * @module
 */

/** The last eight bytes of a table. */
const MAGIC = 0xdb4775248b80fb57n;

/** The bytes at a table's end. */
const FOOTER = 48;

/** The most entries of a table. */
const MOST_ENTRIES = 200_000;

const damaged = (reason: string) =>
  new SyntaxError(`is a damaged checkpoint index: ${reason}`);

/** Numbers and bytes, one after another. */
class Cursor {
  at: number;
  constructor(readonly bytes: Uint8Array, at = 0) {
    this.at = at;
  }

  integer(): number {
    let value = 0;
    for (let i = 0; i < 7; i++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw damaged("it ends within a number");
      value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) return value;
    }
    throw damaged("a number is too large");
  }

  take(length: number): Uint8Array {
    if (!(length >= 0 && this.at + length <= this.bytes.length)) {
      throw damaged(`${length} bytes at ${this.at} are not there`);
    }
    return this.bytes.subarray(this.at, this.at += length);
  }
}

/** The entries of one block. */
function* blockEntries(
  table: Uint8Array,
  handle: Cursor,
): Generator<[key: string, value: Uint8Array]> {
  const offset = handle.integer(), length = handle.integer();
  const cursor = new Cursor(table, offset);
  const block = cursor.take(length);
  const [compression] = cursor.take(1);
  if (compression !== 0) throw damaged("it is compressed");
  if (length < 4) throw damaged("a block is too short");
  const view = new DataView(block.buffer, block.byteOffset, length);
  const restarts = view.getUint32(length - 4, true);
  const end = length - 4 - 4 * restarts;
  if (!(end >= 0)) throw damaged("a block is too short");
  const inner = new Cursor(block.subarray(0, end));
  const text = new TextDecoder("latin1");
  let key = "";
  while (inner.at < end) {
    const shared = inner.integer(), own = inner.integer();
    const size = inner.integer();
    if (shared > key.length || own > 10_000) throw damaged("a key is too long");
    key = key.slice(0, shared) + text.decode(inner.take(own));
    yield [key, inner.take(size)];
  }
}

/**
 * Reads a table.
 *
 * @param bytes The file, which is not trusted.
 * @returns The values by their keys, views of the file.
 * @throws {SyntaxError} If it is damaged.
 *
 * Source: `table_format.md` of LevelDB.
 */
export function readTable(bytes: Uint8Array): Map<string, Uint8Array> {
  const start = bytes.length - FOOTER;
  if (start < 0) throw damaged("it is too short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getBigUint64(bytes.length - 8, true) !== MAGIC) {
    throw damaged("its last bytes are others");
  }
  const footer = new Cursor(bytes, start);
  footer.integer(); // the block of properties
  footer.integer();
  const entries = new Map<string, Uint8Array>();
  for (const [, handle] of blockEntries(bytes, footer)) {
    for (const [key, value] of blockEntries(bytes, new Cursor(handle))) {
      if (entries.size >= MOST_ENTRIES) {
        throw damaged(`it has more than ${MOST_ENTRIES} entries`);
      }
      entries.set(key, value);
    }
  }
  return entries;
}
