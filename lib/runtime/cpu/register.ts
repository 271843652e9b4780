/**
 * Registers TensorFlow.js's backend in plain JavaScript.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { avgPoolGrad, installKernel } from "../kernels/mod.ts";

let registered = false;

/**
 * Puts a right gradient of average pooling in place of the one of the backend
 * `"cpu"`, and keeps the backend from advising another addon. It does not choose
 * the backend. Calling it again does nothing.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { registerCpuBackend } from "./register.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * registerCpuBackend();
 * await tf.setBackend("cpu");
 * // Windows of 3, stride 2, on 3 pixels: at the border they hold 2 of them.
 * const pool = (x: tf.Tensor) => tf.sum(tf.avgPool(x as tf.Tensor3D, 3, 2, "same"));
 * const row = tf.grad(pool)(tf.ones([1, 3, 1]));
 * deepStrictEqual([...row.dataSync()], [0.5, 1, 0.5]);
 * ```
 */
export function registerCpuBackend(): void {
  if (registered) return;
  registered = true;
  installKernel("cpu", avgPoolGrad);
  // It would print a banner when it gets its first values.
  (tf.findBackend("cpu") as unknown as { firstUse: boolean }).firstUse = false;
}
