/**
 * NumPy's format of one array, `.npy`.
 *
 * @module
 */
import { show } from "../text/show.ts";

/** The values of an array; 64-bit integers are kept as float64. */
export type ArrayValues =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/** An array. */
export interface NumpyArray {
  /** Its shape; empty for a single number. */
  readonly shape: readonly number[];
  /** Its values, in row-major order. */
  readonly values: ArrayValues;
}

/** What follows the magic string when the header's length has two bytes. */
const VERSION_1 = 1;

/** The longest header. */
const LARGEST_HEADER = 1 << 16;

/** Exact: all integers up to here are float64 numbers. */
function fromBigInts(
  values: BigInt64Array | BigUint64Array,
): Float64Array<ArrayBuffer> {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    numbers[i] = Number(values[i]!);
    if (!(Math.abs(numbers[i]!) <= Number.MAX_SAFE_INTEGER)) {
      throw new SyntaxError(
        `holds the integer ${values[i]}, which is too large`,
      );
    }
  }
  return numbers;
}

type Decode = (buffer: ArrayBuffer) => ArrayValues;

/** The types that are read: bytes a value, and how. */
const types: ReadonlyMap<string, readonly [width: number, decode: Decode]> =
  new Map<string, readonly [number, Decode]>([
    ["<f2", [2, (b) => Float32Array.from(new Float16Array(b))]],
    ["<f4", [4, (b) => new Float32Array(b)]],
    ["<f8", [8, (b) => new Float64Array(b)]],
    ["|i1", [1, (b) => new Int8Array(b)]],
    ["<i2", [2, (b) => new Int16Array(b)]],
    ["<i4", [4, (b) => new Int32Array(b)]],
    ["<i8", [8, (b) => fromBigInts(new BigInt64Array(b))]],
    ["|u1", [1, (b) => new Uint8Array(b)]],
    ["|b1", [1, (b) => new Uint8Array(b)]],
    ["<u2", [2, (b) => new Uint16Array(b)]],
    ["<u4", [4, (b) => new Uint32Array(b)]],
    ["<u8", [8, (b) => fromBigInts(new BigUint64Array(b))]],
  ]);

/** Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`. */
function readHeader(text: string): { type: string; shape: number[] } {
  const match =
    /^\{'descr': ('[^']{1,20}'|\[.*\]), 'fortran_order': (True|False), 'shape': \(((?:\d{1,16}, ?)*\d{0,16}),?\),? ?\}\s*$/s
      .exec(text);
  if (match === null) {
    throw new SyntaxError(
      "is not a sound .npy array: its header makes no sense",
    );
  }
  const [, descr = "", fortran, sizes = ""] = match;
  const type = descr.replaceAll("'", "");
  if (type.includes("O")) {
    throw new SyntaxError(
      "holds Python objects (a pickle), which are code and never read: save numbers",
    );
  }
  const shape = sizes.split(",").map((size) => size.trim()).filter(Boolean)
    .map(Number);
  // In one dimension both orders are the same.
  if (fortran === "True" && shape.length > 1) {
    throw new SyntaxError(
      "is in Fortran's order: save numpy.ascontiguousarray(array)",
    );
  }
  return { type, shape };
}

/**
 * Reads an array.
 *
 * @param bytes The whole file.
 * @returns The array: a copy.
 * @throws {SyntaxError} If the bytes are not a whole, valid array of numbers; the
 * message says what is wrong.
 *
 * @example
 * ```ts
 * import { decodeNpy } from "./npy.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }\n";
 * const text = `\x93NUMPY\x01\x00${String.fromCharCode(header.length)}\x00${header}\x07\x08\x09`;
 * const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
 * deepStrictEqual(decodeNpy(bytes), { shape: [3], values: Uint8Array.of(7, 8, 9) });
 * ```
 *
 * Reference: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
 */
export function decodeNpy(bytes: Uint8Array): NumpyArray {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length < 12 || !magic.every((byte, i) => bytes[i] === byte)) {
    throw new SyntaxError("is not a .npy array");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFirst = bytes[6] === VERSION_1;
  const start = isFirst ? 10 : 12;
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LARGEST_HEADER || start + length > bytes.length) {
    throw new SyntaxError(
      `is not a sound .npy array: its header is said to have ${length} bytes`,
    );
  }
  const header = bytes.subarray(start, start + length);
  const { type, shape } = readHeader(new TextDecoder().decode(header));
  const known = types.get(type);
  if (known === undefined) {
    throw new SyntaxError(
      `holds values of type ${show(type)}, expected ${
        [...types.keys()].join(", ")
      }`,
    );
  }
  const [width, decode] = known;
  const size = shape.reduce((product, n) => product * n, 1);
  const data = bytes.slice(start + length);
  if (!Number.isSafeInteger(size) || data.length !== size * width) {
    throw new SyntaxError(
      `is said to have the shape [${shape}] of type ${type}, but it has ${data.length} bytes of values`,
    );
  }
  return { shape, values: decode(data.buffer) };
}
