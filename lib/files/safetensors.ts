/**
 * The safetensors format: an 8-byte length, a JSON header, raw values.
 *
 * @module
 */
import { show } from "../text/show.ts";
import { decodeBfloat16 } from "./bfloat16.ts";
import { checkPlaces, type Place, readHeader } from "./safetensors_header.ts";

/** The values of one tensor. */
export interface StoredTensor {
  /** Its shape. */
  shape: readonly number[];
  /** Its values: float32 (half precision too), float64 or int32. */
  values: Float32Array | Float64Array | Int32Array;
}

/** The contents of a file. */
export interface SafetensorsFile {
  /** By name. */
  tensors: Record<string, StoredTensor>;
  /** Free text beside them. */
  metadata: Record<string, string>;
}

const MAX_HEADER_BYTES = 100_000_000;

type Decode = (buffer: ArrayBuffer) => StoredTensor["values"];

/** Bytes a value, and how they are read. */
const types: ReadonlyMap<string, readonly [width: number, decode: Decode]> =
  new Map<string, readonly [number, Decode]>([
    ["F32", [4, (buffer) => new Float32Array(buffer)]],
    ["F64", [8, (buffer) => new Float64Array(buffer)]],
    ["F16", [2, (buffer) => Float32Array.from(new Float16Array(buffer))]],
    ["BF16", [2, decodeBfloat16]],
    ["I32", [4, (buffer) => new Int32Array(buffer)]],
  ]);

function typeName(values: StoredTensor["values"]): "F32" | "F64" | "I32" {
  return values instanceof Float32Array
    ? "F32"
    : values instanceof Float64Array
    ? "F64"
    : "I32";
}

/**
 * The bytes of a safetensors file.
 *
 * @example A round trip
 * ```ts
 * import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const tensors = { w: { shape: [2], values: Float32Array.of(1, 2) } };
 * deepStrictEqual(decodeSafetensors(encodeSafetensors({ tensors, metadata: {} })).tensors, tensors);
 * ```
 */
export function encodeSafetensors(
  { tensors, metadata }: SafetensorsFile,
): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: metadata };
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = {
      dtype: typeName(values),
      shape,
      data_offsets: [offset, offset += values.byteLength],
    };
  }
  let json = JSON.stringify(header);
  json += " ".repeat((8 - new TextEncoder().encode(json).length % 8) % 8);
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + text.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  let at = 8 + text.length;
  for (const { values } of Object.values(tensors)) {
    bytes.set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      at,
    );
    at += values.byteLength;
  }
  return bytes;
}

function readTensor(
  { name, dtype, shape, start, end }: Place,
  data: Uint8Array,
): StoredTensor {
  const known = types.get(dtype);
  if (known === undefined) {
    throw new SyntaxError(
      `tensor ${show(name)} has the type ${show(dtype)}, but only ${
        [...types.keys()].join(", ")
      } are read`,
    );
  }
  const [width, decode] = known;
  const count = shape.reduce((product, size) => product * size, 1);
  if (end - start !== count * width) {
    throw new SyntaxError(
      `tensor ${show(name)} of shape [${shape}] has ${end - start} bytes`,
    );
  }
  return { shape, values: decode(data.slice(start, end).buffer) };
}

/**
 * Reads the bytes of a safetensors file.
 *
 * @throws {SyntaxError} If the bytes are not a whole, valid file of float32,
 * float64, int32, float16 and bfloat16 tensors; the message says what is wrong.
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (bytes.length < 8) {
    throw new SyntaxError(
      `a safetensors file has at least 8 bytes, got ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || 8 + length > bytes.length) {
    throw new SyntaxError(
      `the header is said to have ${length} bytes, but the file has ${bytes.length}: it is truncated or not safetensors`,
    );
  }
  const data = bytes.subarray(8 + length);
  const { places, metadata } = readHeader(bytes.subarray(8, 8 + length));
  checkPlaces(places, data.length);
  return {
    tensors: Object.fromEntries(
      places.map((place) => [place.name, readTensor(place, data)]),
    ),
    metadata,
  };
}
