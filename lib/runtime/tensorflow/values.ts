/**
 * Copies values between JavaScript arrays and TensorFlow's tensors.
 *
 * @module
 */
import {
  arrayTypes,
  DataType,
  dataTypeName,
  type ElementArray,
  type ElementArrayConstructor,
} from "./data_types.ts";
import type { Pointer, TensorFlowLibrary } from "./library.ts";

/** What a tensor's values look like on the JavaScript side. */
export type Values = ElementArray | Uint8Array[];

/** What may be written into a tensor. */
export type WritableValues =
  | ArrayBufferView
  | readonly (number | bigint | boolean | Uint8Array)[];

/** Bytes of a `TF_TString`. */
const STRING_BYTES = 24;

/** The bytes of a tensor, as a view that is valid while the tensor lives. */
function view(data: Pointer, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Deno.UnsafePointerView.getArrayBuffer(data as Deno.PointerObject, length),
  );
}

/** The cells of a string tensor. */
function* stringCells(
  { api }: TensorFlowLibrary,
  tensor: Pointer,
): Generator<Pointer> {
  const count = Number(api.TF_TensorElementCount(tensor));
  const start = Deno.UnsafePointer.value(api.TF_TensorData(tensor));
  for (let i = 0; i < count; i++) {
    yield Deno.UnsafePointer.create(start + BigInt(i * STRING_BYTES));
  }
}

/** Numbers as an array of the type that fits. */
function fromNumbers(
  type: ElementArrayConstructor,
  values: readonly (number | bigint | boolean)[],
): ArrayBufferView {
  switch (type) {
    case BigInt64Array:
      return BigInt64Array.from(values, BigInt);
    case BigUint64Array:
      return BigUint64Array.from(values, BigInt);
    default:
      return (type as Float64ArrayConstructor).from(values, Number);
  }
}

/** Values as the bytes of an element type. */
function toBytes(
  type: ElementArrayConstructor,
  dataType: number,
  values: WritableValues,
): Uint8Array {
  let array: ArrayBufferView;
  if (!ArrayBuffer.isView(values)) {
    array = fromNumbers(type, values as readonly (number | boolean)[]);
  } else if (
    values instanceof (type as unknown as Float64ArrayConstructor) ||
    (dataType === DataType.int64 && values instanceof Int32Array)
  ) {
    array = values;
  } else if (
    (values instanceof Float32Array && type === Float64Array) ||
    (values instanceof Float64Array && type === Float32Array)
  ) {
    array = (type as Float64ArrayConstructor).from(values);
  } else {
    throw new TypeError(
      `A ${
        dataTypeName(dataType)
      } tensor is made from a ${type.name}, got a ${values.constructor.name}`,
    );
  }
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** Rejects values that do not fill the shape. */
function checkLength(
  shape: readonly number[],
  dataType: number,
  unit: string,
  needed: number,
  got: number,
): void {
  if (needed === got) return;
  throw new TypeError(
    `A ${
      dataTypeName(dataType)
    } tensor of shape [${shape}] needs ${needed} ${unit}, got ${got}`,
  );
}

/**
 * A new `TF_Tensor` holding a copy of the values; the caller frees it with
 * {@linkcode deleteTensor}.
 *
 * int64 tensors take a `BigInt64Array`, or TensorFlow.js's form: an
 * `Int32Array` of twice the length, low word first.
 *
 * @throws {TypeError} If the values are of another type, or do not fill the
 * shape.
 */
export function newTensor(
  library: TensorFlowLibrary,
  shape: readonly number[],
  dataType: number,
  values: WritableValues,
): Pointer {
  const { api } = library;
  const count = shape.reduce((product, size) => product * size, 1);
  const dims = BigInt64Array.from(shape, BigInt);
  const allocate = (bytes: number): Pointer =>
    api.TF_AllocateTensor(dataType, dims, shape.length, BigInt(bytes));
  if (dataType === DataType.string) {
    const strings = values as readonly Uint8Array[];
    checkLength(shape, dataType, "values", count, strings.length);
    const tensor = allocate(count * STRING_BYTES);
    let i = 0;
    for (const cell of stringCells(library, tensor)) {
      const text = Uint8Array.from(strings[i++]!);
      api.TF_StringInit(cell);
      api.TF_StringCopy(cell, text, BigInt(text.length));
    }
    return tensor;
  }
  const type = arrayTypes[dataType];
  if (type === undefined) {
    throw new TypeError(
      `A tensor of ${dataTypeName(dataType)} cannot be made from values`,
    );
  }
  const bytes = toBytes(type, dataType, values);
  const parts = dataType === DataType.complex64 ? 2 : 1;
  const needed = count * parts * type.BYTES_PER_ELEMENT;
  checkLength(shape, dataType, "bytes", needed, bytes.length);
  const tensor = allocate(bytes.length);
  if (bytes.length > 0) {
    view(api.TF_TensorData(tensor), bytes.length).set(bytes);
  }
  return tensor;
}

/** Frees a `TF_Tensor` made by {@linkcode newTensor} that nothing shares. */
export function deleteTensor(
  library: TensorFlowLibrary,
  tensor: Pointer,
  dataType: number,
): void {
  const { api } = library;
  if (dataType === DataType.string) { // TensorFlow leaves their characters to us
    for (const cell of stringCells(library, tensor)) api.TF_StringDealloc(cell);
  }
  api.TF_DeleteTensor(tensor);
}

/** A copy of a `TF_Tensor`'s values in the array type that fits its elements. */
export function readTensor(
  library: TensorFlowLibrary,
  tensor: Pointer,
  dataType: number,
): Values {
  const { api } = library;
  if (dataType === DataType.string) {
    return Array.from(stringCells(library, tensor), (cell) => {
      const size = Number(api.TF_StringGetSize(cell));
      return size === 0
        ? new Uint8Array()
        : view(api.TF_StringGetDataPointer(cell), size).slice();
    });
  }
  const size = Number(api.TF_TensorByteSize(tensor));
  const buffer = size === 0
    ? new ArrayBuffer(0)
    : view(api.TF_TensorData(tensor), size).slice().buffer;
  // A resource reads as the bytes of its handle.
  return new (arrayTypes[dataType] ?? Uint8Array)(buffer);
}
