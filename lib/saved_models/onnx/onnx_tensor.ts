/**
 * The tensors of ONNX files.
 *
 * @module
 */
import type { Field } from "../../protobuf/mod.ts";
import { show } from "../../text/show.ts";
import type { Constant } from "../graph/graph.ts";
import { LARGEST_WEIGHTS } from "../read_bytes.ts";
import { decodeBfloat16 } from "../../files/bfloat16.ts";

/** Where the numbers of a tensor are, if they are in a file of their own. */
export interface ExternalData {
  /** The path, which is not trusted. */
  readonly location: string;
  /** Where they begin. */
  readonly offset: number;
  /** How many bytes they have; undefined for all. */
  readonly length: number | undefined;
}

/** Reads the bytes of a file beside the model. */
export type ReadExternal = (place: ExternalData) => Promise<Uint8Array>;

/** How a type of numbers is stored: bytes a number, and how they are read. */
interface NumberType {
  readonly width: number;
  readonly isInteger: boolean;
  decode(buffer: ArrayBuffer): Constant["values"];
}

const wide = (buffer: ArrayBuffer) =>
  Float64Array.from(new BigInt64Array(buffer), Number);

const integer = (
  width: number,
  decode: (buffer: ArrayBuffer) => ArrayLike<number>,
): NumberType => ({
  width,
  isInteger: true,
  decode: (buffer) => Int32Array.from(decode(buffer)),
});

/** By the numbers of ONNX's types. */
const types: ReadonlyMap<number, NumberType> = new Map<number, NumberType>([
  [1, { width: 4, isInteger: false, decode: (b) => new Float32Array(b) }],
  [2, integer(1, (b) => new Uint8Array(b))],
  [3, integer(1, (b) => new Int8Array(b))],
  [4, integer(2, (b) => new Uint16Array(b))],
  [5, integer(2, (b) => new Int16Array(b))],
  [6, integer(4, (b) => new Int32Array(b))],
  [7, { width: 8, isInteger: true, decode: wide }],
  [9, integer(1, (b) => new Uint8Array(b))],
  [10, {
    width: 2,
    isInteger: false,
    decode: (b) => Float32Array.from(new Float16Array(b)),
  }],
  [11, { width: 8, isInteger: false, decode: (b) => new Float64Array(b) }],
  [16, { width: 2, isInteger: false, decode: decodeBfloat16 }],
]);

/** What is collected of a tensor. */
interface Parts {
  name: string;
  shape: number[];
  type: number;
  raw?: Uint8Array;
  /** Numbers in fields of their own. */
  listed: ArrayLike<number>[];
  isExternal: boolean;
  external: Map<string, string>;
}

/** The numbers of a list that stands in fields of its own. */
function fromLists(
  { listed, type, name }: Parts,
  { isInteger, decode }: NumberType,
  size: number,
): Constant["values"] {
  const count = listed.reduce((sum, { length }) => sum + length, 0);
  if (count !== size) {
    throw new SyntaxError(
      `tensor ${show(name)} has ${count} numbers, expected ${size}`,
    );
  }
  const numbers = new Float64Array(size);
  let at = 0;
  for (const list of listed) {
    numbers.set(list, at);
    at += list.length;
  }
  // Half precision stands there as the bits of integers.
  if (type === 10 || type === 16) {
    return decode(Uint16Array.from(numbers).buffer);
  }
  return isInteger || type === 11 ? numbers : Float32Array.from(numbers);
}

function externalOf({ name, external }: Parts): ExternalData {
  const numberOf = (key: string) => {
    const text = external.get(key);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text !== "" && Number.isSafeInteger(value) && value >= 0) return value;
    throw new SyntaxError(
      `tensor ${show(name)} is at the ${key} ${show(text)} of a file`,
    );
  };
  return {
    location: external.get("location") ?? "",
    offset: numberOf("offset") ?? 0,
    length: numberOf("length"),
  };
}

function readParts(fields: Iterable<Field>): Parts {
  const parts: Parts = {
    name: "",
    shape: [],
    type: 0,
    listed: [],
    isExternal: false,
    external: new Map(),
  };
  for (const field of fields) {
    switch (field.number) {
      case 1:
        parts.shape.push(...field.integers().slice(0, 100));
        break;
      case 2:
        parts.type = field.integer();
        break;
      case 4:
        parts.listed.push(field.floats());
        break;
      case 5:
      case 7:
        parts.listed.push(field.integers());
        break;
      case 8:
        parts.name = field.text();
        break;
      case 9:
        parts.raw = field.bytes();
        break;
      case 10:
        parts.listed.push(field.doubles());
        break;
      case 13: {
        const [key = "", value = ""] = readPair(field);
        parts.external.set(key, value);
        break;
      }
      case 14:
        parts.isExternal = field.integer() === 1;
    }
  }
  return parts;
}

function readPair(field: Field): string[] {
  const pair: string[] = [];
  for (const inner of field.message()) {
    if (inner.number <= 2) pair[inner.number - 1] = inner.text();
  }
  return pair;
}

/**
 * Reads a tensor.
 *
 * @param field A `TensorProto`.
 * @param readExternal Reads numbers that are in another file.
 * @throws {SyntaxError} If it is damaged, or of a type that is not read.
 */
export async function readTensor(
  field: Field,
  readExternal: ReadExternal,
): Promise<{ name: string; tensor: Constant }> {
  const parts = readParts(field.message());
  const { name, shape } = parts;
  const type = types.get(parts.type);
  if (type === undefined) {
    throw new SyntaxError(
      `tensor ${show(name)} is of type ${parts.type}, which is not read`,
    );
  }
  const size = shape.reduce((product, n) => product * n, 1);
  if (
    !shape.every((n) => Number.isSafeInteger(n) && n >= 0) ||
    !(size <= LARGEST_WEIGHTS)
  ) {
    throw new SyntaxError(
      `tensor ${show(name)} has the shape [${shape.slice(0, 8)}]`,
    );
  }
  const { isInteger } = type;
  const raw = parts.isExternal
    ? await readExternal(externalOf(parts))
    : parts.raw;
  if (raw === undefined) {
    const values = fromLists(parts, type, size);
    return { name, tensor: { shape, values, isInteger } };
  }
  if (raw.length !== size * type.width) {
    throw new SyntaxError(
      `tensor ${show(name)} has ${raw.length} bytes, expected ${
        size * type.width
      }`,
    );
  }
  const values = type.decode(Uint8Array.from(raw).buffer);
  return { name, tensor: { shape, values, isInteger } };
}
