/**
 * TensorFlow's tensors: within graphs, and in the files of checkpoints.
 *
 * @module
 */
import { decodeBfloat16 } from "../../files/bfloat16.ts";
import type { Field } from "../../protobuf/mod.ts";
import type { Constant } from "../graph/graph.ts";
import { LARGEST_WEIGHTS } from "../read_bytes.ts";
import { dataTypeOf, isWhole } from "./raw_graph.ts";

/** How a type is stored: bytes a number, and how they are read. */
type Stored = readonly [
  width: number,
  decode: (buffer: ArrayBuffer) => Constant["values"],
];

const stored: ReadonlyMap<string, Stored> = new Map<string, Stored>([
  ["DT_FLOAT", [4, (b) => new Float32Array(b)]],
  ["DT_DOUBLE", [8, (b) => new Float64Array(b)]],
  ["DT_HALF", [2, (b) => Float32Array.from(new Float16Array(b))]],
  ["DT_BFLOAT16", [2, decodeBfloat16]],
  ["DT_INT32", [4, (b) => new Int32Array(b)]],
  ["DT_INT64", [8, (b) => Float64Array.from(new BigInt64Array(b), Number)]],
  ["DT_UINT8", [1, (b) => Int32Array.from(new Uint8Array(b))]],
  ["DT_BOOL", [1, (b) => Int32Array.from(new Uint8Array(b))]],
]);

/** The most numbers of a tensor of which one stands for all. */
const MOST_REPEATED = 2 ** 24;

/** The shape of a `TensorShapeProto`; −1 for sizes that are free. */
export function readShape(field: Field): number[] | undefined {
  const shape: number[] = [];
  for (const part of field.message()) {
    if (part.number === 3 && part.integer() !== 0) return undefined;
    if (part.number !== 2 || shape.length > 100) continue;
    let size = 0;
    for (const inner of part.message()) {
      if (inner.number === 1) size = inner.integer();
    }
    shape.push(size);
  }
  return shape;
}

/** The number of values of a shape that a file claims. */
export function claimedSize(shape: readonly number[], what: string): number {
  const size = shape.reduce((product, n) => product * n, 1);
  const isShape = shape.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (isShape && size <= LARGEST_WEIGHTS) return size;
  throw new SyntaxError(`${what} has the shape [${shape.slice(0, 8)}]`);
}

/**
 * Numbers of a type from their bytes.
 *
 * @throws {SyntaxError} If the type is not read, or the bytes are not as many.
 */
export function decodeNumbers(
  bytes: Uint8Array,
  type: string,
  shape: readonly number[],
  what: string,
): Constant {
  const [width, decode] = stored.get(type) ?? [];
  if (width === undefined || decode === undefined) {
    throw new SyntaxError(`${what} is of type ${type}, which is not read`);
  }
  const size = claimedSize(shape, what);
  if (bytes.length !== size * width) {
    throw new SyntaxError(
      `${what} has ${bytes.length} bytes, expected ${size * width}`,
    );
  }
  const values = decode(Uint8Array.from(bytes).buffer);
  return { shape, values, isInteger: isWhole(type) };
}

/** Texts of a tensor; what is no text comes out as some. */
export function readTexts(field: Field): string[] {
  const texts: string[] = [];
  const utf8 = new TextDecoder();
  for (const part of field.message()) {
    if (part.number === 8) texts.push(utf8.decode(part.bytes()));
  }
  return texts;
}

/**
 * A tensor of numbers.
 *
 * @param field A `TensorProto`.
 * @param what What messages call it.
 * @returns The tensor; undefined if it is of a type that is not read.
 * @throws {SyntaxError} If it is damaged.
 */
export function readTensorProto(
  field: Field,
  what: string,
): Constant | undefined {
  let type = "DT_INVALID";
  let shape: number[] | undefined = [];
  let content: Uint8Array | undefined;
  const listed: number[] = [];
  let bits: number[] | undefined;
  for (const part of field.message()) {
    switch (part.number) {
      case 1:
        type = dataTypeOf(part.integer());
        break;
      case 2:
        shape = readShape(part);
        break;
      case 4:
        content = part.bytes();
        break;
      case 5:
        for (const x of part.floats()) listed.push(x);
        break;
      case 6:
        for (const x of part.doubles()) listed.push(x);
        break;
      case 7:
      case 10:
      case 11:
        for (const x of part.integers()) listed.push(x);
        break;
      case 13:
        bits = part.integers();
    }
  }
  if (!stored.has(type)) return undefined;
  if (shape === undefined) throw new SyntaxError(`${what} has no shape`);
  if (content !== undefined && content.length > 0) {
    return decodeNumbers(content, type, shape, what);
  }
  const numbers = bits
    ? stored.get(type)![1](Uint16Array.from(bits).buffer)
    : listed;
  const size = claimedSize(shape, what);
  if (numbers.length > size || size > MOST_REPEATED) {
    throw new SyntaxError(
      `${what} has ${numbers.length} numbers, but the shape [${shape}]`,
    );
  }
  // The last number stands for all that follow.
  const last = numbers.at(-1) ?? 0;
  const isInteger = isWhole(type);
  const values = isInteger ? new Float64Array(size) : new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = numbers[i] ?? last;
  return { shape, values, isInteger };
}
