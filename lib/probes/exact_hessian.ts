/**
 * The Hessian by derivatives of derivatives, as a check of the differences.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import {
  curvatureOperator,
  type CurvatureOperatorOptions,
} from "./curvature_operator.ts";
import type { SharedOperator } from "./operator.ts";
import { batchLoss, gradientVector } from "./problem.ts";
import { withSecondDerivatives } from "./second_derivatives/guard.ts";

/**
 * The Hessian H of the mean loss by exact products H·v = ∇(∇L·v), without a difference
 * and so without a step: a check of {@linkcode hessian}, which it agrees with to about
 * 1e-8 in float64.
 *
 * TensorFlow.js's second derivatives of tanh, sigmoid, exp and softmax are wrong without
 * an error, and others are missing. Here those gradients are replaced, and every other
 * kernel that a gradient goes through has to be on a list of tested ones (products,
 * convolutions, average pooling, batch normalisation, the usual activations and
 * arithmetic); the rest, such as max-pooling, is refused by name. Kinks count for
 * nothing, as with frozen switches.
 *
 * @param options What is probed, over which parameters. `switches`, `step` and
 * `difference` do not matter.
 * @returns The matrix; dispose it when done.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If weights do not fit; at the first product, if a kernel is not on
 * the list.
 *
 * @example ½ (tanh(w) − 1)² at w = ½, whose second derivative is known
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { exactHessian } from "./exact_hessian.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const network = mlp({
 *   inputShape: [1],
 *   hidden: [1],
 *   outputs: 1,
 *   activation: "tanh",
 * });
 * const data = { count: 1, inputs: tf.ones([1, 1]), labels: tf.ones([1]) };
 * const matrix = exactHessian({
 *   objective: regression(network),
 *   data,
 *   weights: [[0.5], [0], [1], [0]],
 *   block: ({ name }) => name === "dense1/kernel",
 * });
 * const [second] = await matrix.apply(Float64Array.of(1));
 * const y = Math.tanh(0.5), slope = 1 - y * y;
 * ok(Math.abs(second! - (slope * slope - 2 * (y - 1) * y * slope)) < 1e-12);
 * matrix.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: B. A. Pearlmutter, "Fast exact multiplication by the Hessian", 1994.
 */
export function exactHessian(
  options: CurvatureOperatorOptions,
): SharedOperator {
  return curvatureOperator({ ...options, switches: "free" }, (given, part) => {
    const { loss, trained } = batchLoss(given, part.at, part.batch);
    const isTrained = given.layout.slices.map(({ role }) =>
      role !== "statistic"
    );
    const shifts = part.shift.filter((_, i) => isTrained[i]);
    const slope = (...values: Tensor[]) => {
      const { grads } = tf.valueAndGrads(loss)(values);
      const terms = grads.map((g, i) => tf.sum(tf.mul(g, shifts[i]!)));
      // Parameters that nothing second-order depends on have a derivative, 0, too.
      const nothing = values.map((value) => tf.mul(tf.sum(value), 0));
      return tf.addN([...terms, ...nothing]) as tf.Scalar;
    };
    const products = withSecondDerivatives(() => tf.grads(slope)(trained));
    const twice = gradientVector(given.layout, products);
    return tf.div(tf.mul(twice, 2), part.width);
  });
}
