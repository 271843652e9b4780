/**
 * Sets the attributes of an operation, whether it is about to be executed
 * (`TFE_Op`) or recorded into a graph (`TF_OperationDescription`).
 *
 * @module
 */
import type { Bytes, Pointer, TensorFlowLibrary } from "./library.ts";

/** The kinds of attribute, numbered as TensorFlow.js numbers them. */
export const AttributeType = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
  resource: 9,
} as const;

/** An attribute as TensorFlow.js's kernels give it. */
export interface Attribute {
  name: string;
  type: number;
  // deno-lint-ignore no-explicit-any -- the upstream interface is as loose
  value: any;
}

const encoder = new TextEncoder();
const NOTHING: Bytes = new Uint8Array(1);

/** An integer; fractions are dropped, as TensorFlow.js's addon does (seeds). */
function integer(value: number | bigint): bigint {
  return typeof value === "bigint" ? value : BigInt(Math.trunc(value));
}

/** `TFE_OpSetAttr` for an operation to execute, `TF_SetAttr` for one to record. */
type Prefix = "TFE_OpSetAttr" | "TF_SetAttr";

/** Where arrays lie; the caller keeps them alive until the call is over. */
function addresses(
  arrays: readonly ArrayBufferView<ArrayBuffer>[],
): BigUint64Array<ArrayBuffer> {
  return BigUint64Array.from(
    arrays,
    (array) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(array)),
  );
}

/** A string's bytes, one of them at least: there is no address of nothing. */
function textBytes(text: string): Bytes {
  return text === "" ? NOTHING : encoder.encode(text);
}

function setShape(
  { api, status }: TensorFlowLibrary,
  prefix: Prefix,
  operation: Pointer,
  key: Bytes,
  shape: readonly number[],
): void {
  const sizes = BigInt64Array.from(shape, BigInt);
  if (prefix === "TF_SetAttr") {
    api.TF_SetAttrShape(operation, key, sizes, shape.length);
  } else {
    api.TFE_OpSetAttrShape(operation, key, sizes, shape.length, status);
  }
}

function setShapeList(
  { api, status }: TensorFlowLibrary,
  prefix: Prefix,
  operation: Pointer,
  key: Bytes,
  shapes: readonly (readonly number[])[],
): void {
  const sizes = shapes.map((shape) => BigInt64Array.from(shape, BigInt));
  const starts = addresses(sizes);
  const ranks = Int32Array.from(shapes, (shape) => shape.length);
  const count = sizes.length;
  if (prefix === "TF_SetAttr") {
    api.TF_SetAttrShapeList(operation, key, starts, ranks, count);
  } else {
    api.TFE_OpSetAttrShapeList(operation, key, starts, ranks, count, status);
  }
}

/**
 * Sets one attribute.
 *
 * @throws {TypeError} If the attribute is of a kind that is not known.
 */
export function setAttribute(
  library: TensorFlowLibrary,
  prefix: Prefix,
  operation: Pointer,
  { name, type, value }: Attribute,
): void {
  const { api } = library;
  const key = library.name(name);
  const list = Array.isArray(value);
  switch (type) {
    case AttributeType.string: {
      if (list) {
        const texts: Bytes[] = value.map(textBytes);
        const lengths = BigUint64Array.from(
          texts,
          (text) => text === NOTHING ? 0n : BigInt(text.length),
        );
        api[`${prefix}StringList`](
          operation,
          key,
          addresses(texts),
          lengths,
          texts.length,
        );
      } else {
        const text = textBytes(value);
        const length = text === NOTHING ? 0n : BigInt(text.length);
        api[`${prefix}String`](operation, key, text, length);
      }
      break;
    }
    case AttributeType.int:
      if (list) {
        const numbers = BigInt64Array.from(value, integer);
        api[`${prefix}IntList`](operation, key, numbers, value.length);
      } else api[`${prefix}Int`](operation, key, integer(value));
      break;
    case AttributeType.float:
      if (list) {
        const numbers = Float32Array.from(value);
        api[`${prefix}FloatList`](operation, key, numbers, value.length);
      } else api[`${prefix}Float`](operation, key, value);
      break;
    case AttributeType.bool:
      if (list) {
        const bits = Uint8Array.from(value, Number);
        api[`${prefix}BoolList`](operation, key, bits, value.length);
      } else api[`${prefix}Bool`](operation, key, value ? 1 : 0);
      break;
    case AttributeType.type:
      if (list) {
        const types = Int32Array.from(value);
        api[`${prefix}TypeList`](operation, key, types, value.length);
      } else api[`${prefix}Type`](operation, key, value);
      break;
    case AttributeType.shape:
      // [] is the shape of a scalar, so a list of shapes is told by its first.
      if (Array.isArray(value[0])) {
        setShapeList(library, prefix, operation, key, value);
      } else setShape(library, prefix, operation, key, value);
      library.check(`Attribute ${name} was refused`);
      break;
    default:
      throw new TypeError(`Attribute ${name} has the unknown type ${type}`);
  }
}
