/**
 * Writing HDF5 files: groups, and data sets of float32.
 *
 * @module
 */

/** A data set to be written. */
export interface Hdf5Dataset {
  /** Its shape. */
  readonly shape: readonly number[];
  /** Its values. */
  readonly values: Float32Array;
}

/** A group to be written: groups and data sets by name. */
export type Hdf5Group = ReadonlyMap<string, Hdf5Dataset | Hdf5Group>;

const UNDEFINED = 0xffff_ffff_ffff_ffffn;
const SUPERBLOCK = 96;

/** Children of a node of a tree, halved; each of ours has one. */
const TREE_K = 16;
const TREE_NODE = 24 + (2 * TREE_K + 1) * 8 + 2 * TREE_K * 8;

/** The message of IEEE 754 numbers of 32 bits, little-endian. */
const FLOAT32 = Uint8Array.of(
  ...[0x11, 0x20, 0x1f, 0, 4, 0, 0, 0],
  ...[0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0],
);

function isGroup(node: Hdf5Dataset | Hdf5Group): node is Hdf5Group {
  return node instanceof Map;
}

/** Writes at addresses of a buffer that grows. */
class Writer {
  bytes = new Uint8Array(1 << 16);
  view = new DataView(this.bytes.buffer);
  length = 0;

  /** Takes room, in steps of eight bytes; returns where it is. */
  take(size: number): number {
    const at = this.length;
    this.length += Math.ceil(size / 8) * 8;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(2 ** Math.ceil(Math.log2(this.length)));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }

  text(at: number, text: string): void {
    this.bytes.set(new TextEncoder().encode(text), at);
  }

  u64(at: number, value: number | bigint): void {
    this.view.setBigUint64(at, BigInt(value), true);
  }
}

/** Writes the header of an object; returns where it is. */
function writeHeader(
  writer: Writer,
  messages: readonly (readonly [kind: number, contents: Uint8Array])[],
): number {
  const padded = (size: number) => Math.ceil(size / 8) * 8;
  const size = messages.reduce(
    (sum, [, { length }]) => sum + 8 + padded(length),
    0,
  );
  const header = writer.take(16 + size);
  const { view } = writer;
  view.setUint8(header, 1);
  view.setUint16(header + 2, messages.length, true);
  view.setUint32(header + 4, 1, true);
  view.setUint32(header + 8, size, true);
  let at = header + 16;
  for (const [kind, contents] of messages) {
    view.setUint16(at, kind, true);
    view.setUint16(at + 2, padded(contents.length), true);
    writer.bytes.set(contents, at + 8);
    at += 8 + padded(contents.length);
  }
  return header;
}

/** Little-endian integers of 64 bits. */
function integers(...values: number[]): Uint8Array {
  return new Uint8Array(BigUint64Array.from(values.map(BigInt)).buffer);
}

function writeDataset(writer: Writer, { shape, values }: Hdf5Dataset): number {
  const data = writer.take(values.byteLength);
  writer.bytes.set(
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    data,
  );
  const address = values.length === 0 ? UNDEFINED : BigInt(data);
  const layout = new Uint8Array(18);
  layout.set([3, 1]);
  const view = new DataView(layout.buffer);
  view.setBigUint64(2, address, true);
  view.setBigUint64(10, BigInt(values.byteLength), true);
  const space = Uint8Array.of(
    ...[1, shape.length, 0, 0, 0, 0, 0, 0],
    ...integers(...shape),
  );
  return writeHeader(writer, [
    [0x01, space],
    [0x03, FLOAT32],
    [0x05, Uint8Array.of(2, 2, 2, 1, 0, 0, 0, 0)], // filled with zeros
    [0x08, layout],
  ]);
}

function writeGroup(writer: Writer, group: Hdf5Group, leafK: number): number {
  const byBytes = (a: string, b: string) => a < b ? -1 : 1;
  const children = [...group].sort(([a], [b]) => byBytes(a, b))
    .map(([name, node]) => ({
      name,
      address: isGroup(node)
        ? writeGroup(writer, node, leafK)
        : writeDataset(writer, node),
      offset: 0,
    }));
  // Names, each with a zero behind it; the first is the empty one.
  const encoder = new TextEncoder();
  let heapSize = 8;
  for (const child of children) {
    child.offset = heapSize;
    heapSize += Math.ceil((encoder.encode(child.name).length + 1) / 8) * 8;
  }
  const heapData = writer.take(heapSize);
  for (const { name, offset } of children) writer.text(heapData + offset, name);
  const heap = writer.take(32);
  writer.text(heap, "HEAP");
  writer.u64(heap + 8, heapSize);
  writer.u64(heap + 16, 1); // nothing is free
  writer.u64(heap + 24, heapData);

  const symbols = writer.take(8 + 2 * leafK * 40);
  writer.text(symbols, "SNOD");
  writer.view.setUint8(symbols + 4, 1);
  writer.view.setUint16(symbols + 6, children.length, true);
  children.forEach(({ offset, address }, i) => {
    writer.u64(symbols + 8 + 40 * i, offset);
    writer.u64(symbols + 8 + 40 * i + 8, address);
  });

  const tree = writer.take(TREE_NODE);
  writer.text(tree, "TREE");
  writer.view.setUint16(tree + 6, children.length > 0 ? 1 : 0, true);
  writer.u64(tree + 8, UNDEFINED);
  writer.u64(tree + 16, UNDEFINED);
  writer.u64(tree + 32, symbols);
  writer.u64(tree + 40, children.at(-1)?.offset ?? 0);
  return writeHeader(writer, [[0x11, integers(tree, heap)]]);
}

/** The most children that any group has. */
function mostChildren(group: Hdf5Group): number {
  return Math.max(
    group.size,
    ...[...group.values()].filter(isGroup).map(mostChildren),
  );
}

/**
 * The bytes of an HDF5 file.
 *
 * @param root The root group, without attributes.
 * @returns The file; the same for the same contents.
 * @throws {RangeError} If a group has more than 65,000 children.
 *
 * @example A round trip
 * ```ts
 * import { encodeHdf5, openHdf5 } from "./mod.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const kernel = { shape: [2, 1], values: Float32Array.of(1, 2) };
 * const bytes = encodeHdf5(new Map([["dense", new Map([["0", kernel]])]]));
 * deepStrictEqual(openHdf5(bytes).tensor("dense/0"), kernel);
 * ```
 *
 * Reference: The HDF Group, HDF5 File Format Specification 3.0.
 */
export function encodeHdf5(root: Hdf5Group): Uint8Array<ArrayBuffer> {
  const most = mostChildren(root);
  if (most > 65_000) {
    throw new RangeError(
      `a group must have at most 65000 children, got ${most}`,
    );
  }
  // Every group's names are in one leaf, which has room for the largest.
  const leafK = Math.max(4, Math.ceil(most / 2));
  const writer = new Writer();
  writer.take(SUPERBLOCK);
  const address = writeGroup(writer, root, leafK);
  const { view, bytes } = writer;
  bytes.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
  bytes.set([8, 8], 13);
  view.setUint16(16, leafK, true);
  view.setUint16(18, TREE_K, true);
  writer.u64(32, UNDEFINED);
  writer.u64(40, writer.length);
  writer.u64(48, UNDEFINED);
  writer.u64(64, address);
  return bytes.slice(0, writer.length);
}
