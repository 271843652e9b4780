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

/** An array of one C string pointer per text, and the texts' lengths. */
function stringList(texts: readonly string[]) {
  const bytes = texts.map((text) =>
    text === "" ? NOTHING : encoder.encode(text)
  );
  return {
    bytes, // kept alive by the caller until the call is over
    pointers: BigUint64Array.from(
      bytes,
      (b) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(b)),
    ),
    lengths: BigUint64Array.from(
      texts,
      (text) => BigInt(encoder.encode(text).length),
    ),
  };
}

/**
 * Sets one attribute.
 *
 * @param prefix `TFE_OpSetAttr` for an operation to execute, `TF_SetAttr` for
 * one to record.
 * @throws {TypeError} If the attribute is of a kind that is not known.
 */
export function setAttribute(
  library: TensorFlowLibrary,
  prefix: "TFE_OpSetAttr" | "TF_SetAttr",
  operation: Pointer,
  { name, type, value }: Attribute,
): void {
  const { api } = library;
  const key = library.name(name);
  const list = Array.isArray(value);
  switch (type) {
    case AttributeType.string: {
      if (list) {
        const { bytes, pointers, lengths } = stringList(value);
        api[`${prefix}StringList`](
          operation,
          key,
          pointers,
          lengths,
          bytes.length,
        );
      } else {
        const text = encoder.encode(value);
        const length = BigInt(text.length);
        api[`${prefix}String`](operation, key, length ? text : NOTHING, length);
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
    case AttributeType.shape: {
      const sizes = BigInt64Array.from(value, BigInt);
      if (prefix === "TF_SetAttr") {
        api.TF_SetAttrShape(operation, key, sizes, value.length);
      } else {
        api.TFE_OpSetAttrShape(
          operation,
          key,
          sizes,
          value.length,
          library.status,
        );
        library.check(`Attribute ${name} was refused`);
      }
      break;
    }
    default:
      throw new TypeError(`Attribute ${name} has the unknown type ${type}`);
  }
}
