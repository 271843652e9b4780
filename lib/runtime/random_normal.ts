/**
 * Normal random numbers that are a function of a seed, on the device.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { randomUniform } from "./random_uniform.ts";
import type { Tensor, Tensor1D } from "./tensor.ts";

/**
 * Standard normal random numbers that depend on a seed and a shape only:
 * √(−2 ln(1 − u))·cos(2πv) of two of {@linkcode randomUniform}'s numbers u and v each
 * (Box and Muller). As u has 23 bits, none is beyond ±5.65. The caller disposes the
 * result.
 *
 * @param shape The shape of the result.
 * @param seed int32, `[2]`: any two integers.
 * @throws {TypeError} If seed is not an int32 tensor of shape [2].
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "./initialize.ts";
 * import { randomNormal } from "./random_normal.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const numbers = randomNormal([10_000], tf.tensor1d([1, 2], "int32"));
 * const { mean, variance } = tf.moments(numbers);
 * ok(Math.abs(mean.dataSync()[0]!) < 0.03);
 * ok(Math.abs(variance.dataSync()[0]! - 1) < 0.05);
 * ```
 *
 * Reference: G. Box, M. Muller, Ann. Math. Statist. 29, 1958.
 */
export function randomNormal(shape: readonly number[], seed: Tensor1D): Tensor {
  return tf.tidy(() => {
    const [u, v] = tf.unstack(randomUniform([2, ...shape], seed));
    const radius = tf.sqrt(tf.mul(tf.log(tf.sub(1, u!)), -2));
    return tf.mul(radius, tf.cos(tf.mul(v!, 2 * Math.PI)));
  });
}
