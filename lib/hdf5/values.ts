/**
 * Shapes, types and values.
 *
 * @module
 */
import type { FileBytes } from "./file_bytes.ts";

/** Numbers that are read. */
export type Numbers = Float32Array | Float64Array | Int32Array;

/** What values are. */
export interface ValueType {
  /** Numbers, text of a fixed length, or text elsewhere in the file. */
  kind: "number" | "text" | "textElsewhere" | "other";
  /** The bytes of a value. */
  width: number;
  /** The numbers of bytes, where there are numbers. */
  decode?: (buffer: ArrayBuffer) => Numbers;
}

/**
 * Reads a shape.
 *
 * @param at Where the dataspace message is.
 * @throws {SyntaxError} If it is damaged.
 */
export function readShape(file: FileBytes, at: number): number[] {
  const version = file.u8(at);
  const rank = file.u8(at + 1);
  if ((version !== 1 && version !== 2) || rank > 32) {
    throw new SyntaxError("is a damaged HDF5 file: a shape makes no sense");
  }
  if (version === 2 && file.u8(at + 3) === 2) return [0]; // nothing
  const first = at + (version === 1 ? 8 : 4);
  return Array.from({ length: rank }, (_, i) => file.u64(first + 8 * i));
}

/** How numbers of a class, width and sign are decoded. */
const decoders: Readonly<Record<string, (buffer: ArrayBuffer) => Numbers>> = {
  float2: (buffer) => Float32Array.from(new Float16Array(buffer)),
  float4: (buffer) => new Float32Array(buffer),
  float8: (buffer) => new Float64Array(buffer),
  signed1: (buffer) => Int32Array.from(new Int8Array(buffer)),
  signed2: (buffer) => Int32Array.from(new Int16Array(buffer)),
  signed4: (buffer) => new Int32Array(buffer),
  unsigned1: (buffer) => Int32Array.from(new Uint8Array(buffer)),
  unsigned2: (buffer) => Int32Array.from(new Uint16Array(buffer)),
};

/**
 * Reads a type.
 *
 * @param at Where the datatype message is.
 */
export function readType(file: FileBytes, at: number): ValueType {
  const kind = file.u8(at) & 15;
  const bits = file.u8(at + 1);
  const width = file.u32(at + 4);
  const isLittleEndian = (bits & 1) === 0;
  if (kind === 3) return { kind: "text", width };
  if (kind === 9 && (bits & 15) === 1) return { kind: "textElsewhere", width };
  const name = kind === 1 ? "float" : (bits & 8) !== 0 ? "signed" : "unsigned";
  const decode = decoders[`${name}${width}`];
  return kind <= 1 && isLittleEndian && decode
    ? { kind: "number", width, decode }
    : { kind: "other", width };
}

/**
 * Reads text that stands in a global heap.
 *
 * @param at Where the reference to it is: length, address and number.
 * @throws {SyntaxError} If it is not there.
 */
export function readHeapText(file: FileBytes, at: number): string {
  const length = file.u32(at);
  const heap = file.u64(at + 4);
  const wanted = file.u32(at + 12);
  if (length === 0) return "";
  file.expect(heap, "GCOL");
  const end = Math.min(heap + file.u64(heap + 8), file.length);
  for (let object = heap + 16; object + 16 <= end;) {
    const index = file.u16(object);
    const size = file.u64(object + 8);
    if (index === wanted && length <= size) {
      return new TextDecoder().decode(file.slice(object + 16, length));
    }
    if (index === 0) break; // free space, to the end
    object += 16 + Math.ceil(size / 8) * 8;
  }
  throw new SyntaxError("is a damaged HDF5 file: a text is not there");
}
