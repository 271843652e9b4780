/**
 * TensorFlow's element types, as numbered in `tensorflow/c/tf_datatype.h`.
 *
 * @module
 */

/** The number of each element type. */
export const DataType = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  uint16: 17,
  float16: 19,
  resource: 20,
  uint32: 22,
  uint64: 23,
} as const;

/** The arrays that hold elements on the JavaScript side. */
export type ElementArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

/** A class of arrays. */
export interface ElementArrayConstructor {
  readonly name: string;
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer): ElementArray;
}

/**
 * The array that fits each element type: real and imaginary parts in turn for
 * complex64, bit patterns for the 16-bit floats. Strings and resources have a
 * layout of their own.
 */
export const arrayTypes: Readonly<Record<number, ElementArrayConstructor>> = {
  [DataType.float32]: Float32Array,
  [DataType.float64]: Float64Array,
  [DataType.int32]: Int32Array,
  [DataType.uint8]: Uint8Array,
  [DataType.int16]: Int16Array,
  [DataType.int8]: Int8Array,
  [DataType.complex64]: Float32Array,
  [DataType.int64]: BigInt64Array,
  [DataType.bool]: Uint8Array,
  [DataType.bfloat16]: Uint16Array,
  [DataType.uint16]: Uint16Array,
  [DataType.float16]: Uint16Array,
  [DataType.uint32]: Uint32Array,
  [DataType.uint64]: BigUint64Array,
};

/** The name of an element type, for messages. */
export function dataTypeName(dataType: number): string {
  const found = Object.entries(DataType).find(([, n]) => n === dataType);
  return found?.[0] ?? `type ${dataType}`;
}
