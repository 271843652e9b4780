/**
 * Copies values between JavaScript arrays and TensorFlow's tensors.
 *
 * @module
 */
import { DataType, dataTypeName, elementBytes } from "./data_types.ts";
import type { Pointer, TensorFlowLibrary } from "./library.ts";

/** What a tensor's values look like on the JavaScript side. */
export type Values = ArrayBufferView<ArrayBuffer> | Uint8Array[];

/** What may be written into a tensor. */
export type WritableValues =
  | ArrayBufferView
  | readonly (number | boolean | Uint8Array)[];

/** Bytes of a `TF_TString`. */
const STRING_BYTES = 24;

/** The bytes of a tensor, as a view that is valid while the tensor lives. */
function view(data: Pointer, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Deno.UnsafePointerView.getArrayBuffer(data as Deno.PointerObject, length),
  );
}

/** Numbers as the bytes of an element type; typed arrays go as they are. */
function toBytes(dataType: number, values: WritableValues): Uint8Array {
  let array: ArrayBufferView;
  if (ArrayBuffer.isView(values)) {
    const exact =
      values instanceof Float32Array && dataType === DataType.float64
        ? Float64Array.from(values)
        : values instanceof Float64Array && dataType === DataType.float32
        ? Float32Array.from(values)
        : values;
    array = exact;
  } else {
    const numbers = values as readonly (number | boolean)[];
    if (dataType === DataType.float32 || dataType === DataType.complex64) {
      array = Float32Array.from(numbers, Number);
    } else if (dataType === DataType.float64) {
      array = Float64Array.from(numbers, Number);
    } else if (dataType === DataType.int32) {
      array = Int32Array.from(numbers, Number);
    } else if (dataType === DataType.int64) {
      array = BigInt64Array.from(numbers, (v) => BigInt(Number(v)));
    } else {
      array = Uint8Array.from(numbers, Number);
    }
  }
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/**
 * A new `TF_Tensor` holding a copy of the values; the caller deletes it.
 *
 * int64 tensors take a `BigInt64Array`, or TensorFlow.js's form: an
 * `Int32Array` of twice the length, low word first.
 *
 * @throws {TypeError} If the values do not fill the shape.
 */
export function newTensor(
  { api }: TensorFlowLibrary,
  shape: readonly number[],
  dataType: number,
  values: WritableValues,
): Pointer {
  const count = shape.reduce((product, size) => product * size, 1);
  const dims = BigInt64Array.from(shape, BigInt);
  if (dataType === DataType.string) {
    const strings = values as readonly Uint8Array[];
    if (strings.length !== count) {
      throw new TypeError(
        `A string tensor of shape [${shape}] needs ${count} values, got ${strings.length}`,
      );
    }
    const tensor = api.TF_AllocateTensor(
      dataType,
      dims,
      shape.length,
      BigInt(count * STRING_BYTES),
    );
    const start = Deno.UnsafePointer.value(api.TF_TensorData(tensor));
    for (let i = 0; i < count; i++) {
      const cell = Deno.UnsafePointer.create(start + BigInt(i * STRING_BYTES));
      const text = strings[i]!;
      api.TF_StringInit(cell);
      api.TF_StringCopy(cell, Uint8Array.from(text), BigInt(text.length));
    }
    return tensor;
  }
  const width = elementBytes[dataType];
  if (width === undefined) {
    throw new TypeError(
      `A tensor of ${dataTypeName(dataType)} cannot be made from values`,
    );
  }
  const bytes = toBytes(dataType, values);
  if (bytes.length !== count * width) {
    throw new TypeError(
      `A ${dataTypeName(dataType)} tensor of shape [${shape}] needs ${
        count * width
      } bytes, got ${bytes.length}`,
    );
  }
  const tensor = api.TF_AllocateTensor(
    dataType,
    dims,
    shape.length,
    BigInt(bytes.length),
  );
  if (bytes.length > 0) {
    view(api.TF_TensorData(tensor), bytes.length).set(bytes);
  }
  return tensor;
}

/** A copy of a `TF_Tensor`'s values in the array type that fits its elements. */
export function readTensor(
  { api }: TensorFlowLibrary,
  tensor: Pointer,
  dataType: number,
): Values {
  const data = api.TF_TensorData(tensor);
  if (dataType === DataType.string) {
    const count = Number(api.TF_TensorElementCount(tensor));
    const start = Deno.UnsafePointer.value(data);
    return Array.from({ length: count }, (_, i) => {
      const cell = Deno.UnsafePointer.create(start + BigInt(i * STRING_BYTES));
      const size = Number(api.TF_StringGetSize(cell));
      return size === 0
        ? new Uint8Array()
        : view(api.TF_StringGetDataPointer(cell), size).slice();
    });
  }
  const size = Number(api.TF_TensorByteSize(tensor));
  const buffer = size === 0
    ? new ArrayBuffer(0)
    : view(data, size).slice().buffer;
  switch (dataType) {
    case DataType.float32:
    case DataType.complex64:
      return new Float32Array(buffer);
    case DataType.float64:
      return new Float64Array(buffer);
    case DataType.int32:
      return new Int32Array(buffer);
    case DataType.int64:
      return new BigInt64Array(buffer);
    case DataType.uint64:
      return new BigUint64Array(buffer);
    case DataType.uint32:
      return new Uint32Array(buffer);
    case DataType.int16:
      return new Int16Array(buffer);
    case DataType.uint16:
    case DataType.float16:
    case DataType.bfloat16:
      return new Uint16Array(buffer);
    case DataType.int8:
      return new Int8Array(buffer);
    default: // uint8, bool, and the bytes of a resource handle
      return new Uint8Array(buffer);
  }
}
