/**
 * The safetensors format: an 8-byte length, a JSON header, raw values.
 *
 * @module
 */

/** The values of one tensor. */
export interface StoredTensor {
  /** Its shape. */
  shape: readonly number[];
  /** Its values: float32, float64 or int32. */
  values: Float32Array | Float64Array | Int32Array;
}

/** The contents of a file. */
export interface SafetensorsFile {
  /** By name, in file order. */
  tensors: Record<string, StoredTensor>;
  /** Free text beside them. */
  metadata: Record<string, string>;
}

const MAX_HEADER_BYTES = 100_000_000;

const arrayTypes = { F32: Float32Array, F64: Float64Array, I32: Int32Array };

function typeName(values: StoredTensor["values"]): keyof typeof arrayTypes {
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

/**
 * Reads the bytes of a safetensors file.
 *
 * @throws {SyntaxError} If the bytes are not a whole, valid file; the message says
 * what is wrong.
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
      `the header says ${length} bytes, but the file has ${bytes.length}: it is truncated or not safetensors`,
    );
  }
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(
      new TextDecoder().decode(bytes.subarray(8, 8 + length)),
    );
  } catch {
    throw new SyntaxError("the header is not JSON: the file is damaged");
  }
  const data = bytes.subarray(8 + length);
  const tensors: Record<string, StoredTensor> = Object.create(null);
  let metadata: Record<string, string> = {};
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") {
      metadata = entry as Record<string, string>;
      continue;
    }
    const { dtype, shape, data_offsets: offsets } = entry as {
      dtype: keyof typeof arrayTypes;
      shape: number[];
      data_offsets: [number, number];
    };
    const ArrayType = arrayTypes[dtype];
    if (ArrayType === undefined) {
      throw new SyntaxError(
        `tensor ${name} has the type ${dtype}, which is not read here`,
      );
    }
    const [start, end] = offsets;
    const count = shape.reduce((product, size) => product * size, 1);
    if (
      !(start >= 0 && end <= data.length &&
        end - start === count * ArrayType.BYTES_PER_ELEMENT)
    ) {
      throw new SyntaxError(
        `tensor ${name} of shape [${shape}] is said to be at bytes ${start} to ${end} of ${data.length}: the file is truncated or damaged`,
      );
    }
    tensors[name] = {
      shape,
      values: new ArrayType(data.slice(start, end).buffer),
    };
  }
  return { tensors: { ...tensors }, metadata };
}
