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

/** Bytes an element; a string or a resource has its own layout. */
export const elementBytes: Readonly<Record<number, number>> = {
  [DataType.float32]: 4,
  [DataType.float64]: 8,
  [DataType.int32]: 4,
  [DataType.uint8]: 1,
  [DataType.int16]: 2,
  [DataType.int8]: 1,
  [DataType.complex64]: 8,
  [DataType.int64]: 8,
  [DataType.bool]: 1,
  [DataType.bfloat16]: 2,
  [DataType.uint16]: 2,
  [DataType.float16]: 2,
  [DataType.uint32]: 4,
  [DataType.uint64]: 8,
};

/** The name of an element type, for messages. */
export function dataTypeName(dataType: number): string {
  const found = Object.entries(DataType).find(([, n]) => n === dataType);
  return found?.[0] ?? `type ${dataType}`;
}
