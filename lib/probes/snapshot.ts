/**
 * Parameters kept aside, and brought back to the bit.
 *
 * @module
 */
import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import { float64 } from "../runtime/float64.ts";
import type { Tensor } from "../runtime/tensor.ts";

/** Values of parameters at a moment. */
export interface Snapshot {
  /** One array a parameter: `Float32Array`, or `Float64Array` of doubles. */
  readonly values: readonly (Float32Array | Float64Array)[];
  /** SHA-256 of shapes and bytes, in lower-case hexadecimal digits. */
  readonly sha256: string;
  /** New tensors of exactly these values, which the caller disposes. */
  restore(): Tensor[];
}

/**
 * Copies parameters' values, and can make tensors of the very same bits of them.
 *
 * @param parameters Float tensors; the caller keeps them.
 * @throws {TypeError} If a tensor is not of floats.
 *
 * @example A model's weights, changed and brought back
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { takeSnapshot } from "./snapshot.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * await initialize();
 * const weight = tf.variable(tf.tensor1d([0.1, NaN, -0]));
 * const before = takeSnapshot([weight]);
 * weight.assign(tf.zeros([3]));
 * const [restored] = before.restore();
 * weight.assign(restored as tf.Tensor1D);
 * deepStrictEqual(weight.dataSync(), before.values[0]);
 * strictEqual(takeSnapshot([weight]).sha256, before.sha256);
 * ```
 */
export function takeSnapshot(parameters: readonly Tensor[]): Snapshot {
  const hash = createHash("sha256");
  const shapes = parameters.map(({ shape }) => shape.slice());
  const values = parameters.map((tensor, i) => {
    const array: unknown = tensor.dataSync();
    if (!(array instanceof Float32Array || array instanceof Float64Array)) {
      throw new TypeError(
        `parameter ${i} must be of floats, got ${tensor.dtype}`,
      );
    }
    const copy = array.slice();
    hash.update(JSON.stringify([shapes[i], copy.constructor.name]));
    hash.update(new Uint8Array(copy.buffer));
    return copy;
  });
  return {
    values,
    sha256: hash.digest("hex"),
    restore: () =>
      values.map((array, i) =>
        array instanceof Float64Array
          ? float64(array, shapes[i])
          : tf.tensor(array, shapes[i], "float32")
      ),
  };
}
