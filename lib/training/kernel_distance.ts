/**
 * How far two samples are from having one distribution.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import { show } from "../text/show.ts";

/** The squared distance of each point of a from each of b, `[n, m]`. */
function squaredDistances(a: Tensor, b: Tensor): Tensor {
  const length = (x: Tensor) => tf.sum(tf.square(x), 1);
  const products = tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, false, true);
  return tf.sub(
    tf.add(tf.expandDims(length(a), 1), tf.expandDims(length(b), 0)),
    tf.mul(products, 2),
  );
}

/**
 * The maximum mean discrepancy of two samples x₁ … xₙ and y₁ … yₙ of one size with the
 * inverse multiquadratic kernel, without bias:
 *
 * ```math
 * \frac{1}{n(n-1)} \sum_{i \ne j} \bigl(k(x_i, x_j) + k(y_i, y_j)\bigr)
 * - \frac{2}{n^2} \sum_{i, j} k(x_i, y_j)
 * \qquad k(x, y) = \frac{C}{C + ‖x − y‖^2}
 * ```
 *
 * It is 0 in expectation where both have the same distribution, so often below 0 there.
 *
 * @param x `[n, d]`, n at least 2.
 * @param y `[n, d]`.
 * @param scale C, > 0.
 * @returns A scalar; the caller disposes it.
 * @throws {RangeError} If there are fewer than two points, or the scale is out of range.
 *
 * @example Two pairs of points on a line, C = 1
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { kernelDistance } from "./kernel_distance.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const x = tf.tensor2d([[0], [1]]), y = tf.tensor2d([[2], [3]]);
 * // k(0, 1) + k(2, 3) − (k(0, 2) + k(0, 3) + k(1, 2) + k(1, 3)) / 2
 * const expected = 1 / 2 + 1 / 2 - (1 / 5 + 1 / 10 + 1 / 2 + 1 / 5) / 2;
 * ok(Math.abs(kernelDistance(x, y, 1).dataSync()[0]! - expected) < 1e-6);
 * ```
 *
 * Reference: A. Gretton et al., JMLR 13, 2012, eq. 3; I. Tolstikhin, O. Bousquet,
 * S. Gelly, B. Schölkopf, 2018, arXiv 1711.01558, section 4 and algorithm 2.
 */
export function kernelDistance(x: Tensor, y: Tensor, scale: number): Tensor {
  const [n = 0] = x.shape;
  if (!(n >= 2 && y.shape[0] === n)) {
    throw new RangeError(
      `a kernel distance needs two samples of one size from 2 on, got ${n} and ${
        y.shape[0]
      }`,
    );
  }
  if (!(scale > 0 && scale < Infinity)) {
    throw new RangeError(`scale must be > 0, got ${show(scale)}`);
  }
  const kernel = (a: Tensor, b: Tensor) =>
    tf.div(scale, tf.add(squaredDistances(a, b), scale));
  const others = tf.sub(1, tf.eye(n));
  const within = tf.sum(tf.mul(tf.add(kernel(x, x), kernel(y, y)), others));
  return tf.sub(
    tf.div(within, n * (n - 1)),
    tf.mul(tf.mean(kernel(x, y)), 2),
  );
}
