/**
 * Tensors of doubles.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { currentTensorFlowBackend } from "./state.ts";
import type { Tensor } from "./tensor.ts";
import { DataType } from "./tensorflow/data_types.ts";

/**
 * A tensor that holds its numbers in double precision, for functions compiled
 * with `precision: "float64"`.
 *
 * TensorFlow.js has no such type: the tensor's `dtype` says `float32`, its values
 * are read as a `Float64Array`, and operations outside of a float64 function round
 * it to float32. The caller disposes it.
 *
 * @param values One number, or all of them in row-major order.
 * @param shape Default: `[]` for one number, else `[values.length]`.
 * @throws {RangeError} On another backend than tensorflow.
 * @throws {TypeError} If the values do not fill the shape.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { compile } from "./compile.ts";
 * import { float64 } from "./float64.ts";
 * import { initialize } from "./initialize.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const square = compile((x: tf.Tensor) => tf.square(x), { precision: "float64" });
 * const x = float64([0.1, 1e-200]);
 * deepStrictEqual([...square(x).dataSync()], [0.1 * 0.1, 0]);
 * deepStrictEqual([...x.dataSync()], [0.1, 1e-200]);
 * ```
 */
export function float64(
  values: number | ArrayLike<number>,
  shape?: readonly number[],
): Tensor {
  const backend = currentTensorFlowBackend()?.backend;
  if (backend === undefined) {
    throw new RangeError(
      `float64 needs the tensorflow backend, but ${tf.getBackend()} is in use`,
    );
  }
  const numbers = typeof values === "number"
    ? Float64Array.of(values)
    : Float64Array.from(values);
  const sizes = shape?.slice() ??
    (typeof values === "number" ? [] : [numbers.length]);
  const id = backend.slope.createTensor(sizes, DataType.float64, numbers);
  return backend.createOutputTensor({
    id,
    shape: sizes,
    dtype: DataType.float64,
  });
}
