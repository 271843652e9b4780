/**
 * Positive semi-definite relatives of the Hessian: Gauss–Newton and Fisher.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import type { ObjectiveHead } from "../training/objective.ts";
import {
  curvatureOperator,
  type CurvatureOperatorOptions,
} from "./curvature_operator.ts";
import type { CurvatureOperator } from "./operator.ts";
import { gradientVector, type Problem } from "./problem.ts";

/** The gradient by the trained parameters of Σ values·weights, divided by n. */
function pulledBack(
  given: Problem,
  all: readonly Tensor[],
  values: (all: readonly Tensor[]) => Tensor,
  weights: Tensor,
): Tensor {
  const isTrained = given.layout.slices.map(({ role }) => role !== "statistic");
  const count = tf.scalar(weights.shape[0]!);
  const sum = (...trained: Tensor[]) => {
    let at = 0;
    const here = all.map((p, i) => isTrained[i] ? trained[at++]! : p);
    return tf.div(tf.sum(tf.mul(values(here), weights)), count) as tf.Scalar;
  };
  const { grads } = tf.valueAndGrads(sum)(all.filter((_, i) => isTrained[i]));
  return gradientVector(given.layout, grads);
}

/** The second derivative of each example's loss by its outputs z, times u. */
function outputCurvature(
  kind: ObjectiveHead["kind"],
  outputs: Tensor,
  u: Tensor,
): Tensor {
  if (kind === "leastSquares") return u;
  const shares = tf.softmax(outputs);
  const mean = tf.sum(tf.mul(shares, u), 1, true);
  return tf.mul(shares, tf.sub(u, mean));
}

/** Refuses batch statistics, with which examples are not apart, and one-sided ones. */
function checkOptions(
  { normalisation, difference }: CurvatureOperatorOptions,
): void {
  if (difference === "forward") {
    throw new RangeError('difference must be "central" here');
  }
  if (normalisation === "batch") {
    throw new RangeError(
      'normalisation must not be "batch" here: examples depend on each other then; use "recalibrated"',
    );
  }
}

/**
 * The Gauss–Newton matrix G = (1/n) Σᵢ Jᵢᵀ·Λᵢ·Jᵢ by its products, where J is the
 * derivative of the network's outputs z by the weights and Λ that of the loss by z,
 * twice: diag(p) − p·pᵀ for softmax cross-entropy, 1 for half a squared distance.
 *
 * J·v is a central difference with frozen switches, as in {@linkcode hessian}. The
 * Hessian is G plus Σ (slope of the loss by z)·(curvature of z). For these losses G
 * is also the Fisher information, the mean of g·gᵀ over labels that are drawn from
 * the model.
 *
 * @param options What is probed; the objective needs a `head`.
 * @returns The matrix; dispose it when done.
 * @throws {TypeError} If the objective does not say what its outputs are.
 * @throws {RangeError} If an option is out of range, or statistics are the batch's.
 *
 * @example For a linear model it is the Hessian: x² = 9
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { gaussNewton } from "./gauss_newton.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[3]]), labels: tf.tensor1d([1]) };
 * const matrix = gaussNewton({ objective, data, weights: [[0.5], [0]] });
 * const [a, b] = await matrix.apply(Float64Array.of(1, 0));
 * ok(Math.abs(a! - 9) < 1e-6 && Math.abs(b! - 3) < 1e-6);
 * matrix.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: N. N. Schraudolph, 2002, "Fast curvature matrix-vector products";
 * J. Martens, 2020, arXiv 1412.1193, sections 8 and 9.
 */
export function gaussNewton(
  options: CurvatureOperatorOptions,
): CurvatureOperator {
  checkOptions(options);
  const { head } = options.objective;
  if (head === undefined) {
    throw new TypeError(
      "the objective must have a head (its outputs, and the kind of loss): use classification or regression, or give it one",
    );
  }
  return curvatureOperator(options, (given, part) => {
    const { inputs } = part.batch;
    const outputs = (all: readonly Tensor[]) => head.outputs(all, inputs);
    const weights = part.freeze(() => outputs(part.at), (replay) => {
      const ahead = replay(() => outputs(part.ahead));
      const behind = replay(() => outputs(part.behind));
      const u = tf.div(tf.sub(ahead, behind), part.width);
      return outputCurvature(head.kind, outputs(part.at), u);
    });
    return pulledBack(given, part.at, outputs, weights);
  });
}

/**
 * The empirical Fisher matrix F = (1/n) Σᵢ gᵢ·gᵢᵀ by its products, where gᵢ is the
 * gradient of example i's loss.
 *
 * gᵢᵀ·v is a central difference of the example's loss with frozen switches.
 *
 * Differs from the Fisher information, which takes labels from the model:
 * that is {@linkcode gaussNewton}.
 *
 * @param options What is probed.
 * @returns The matrix; dispose it when done.
 * @throws {RangeError} If an option is out of range, or statistics are the batch's.
 *
 * @example One example with the gradient (4, 2): F·(1, 0) = 4·(4, 2)
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { empiricalFisher } from "./gauss_newton.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[2]]), labels: tf.tensor1d([4]) };
 * const fisher = empiricalFisher({ objective, data, weights: [[3], [0]] });
 * const [a, b] = await fisher.apply(Float64Array.of(1, 0));
 * ok(Math.abs(a! - 16) < 1e-5 && Math.abs(b! - 8) < 1e-5);
 * fisher.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: F. Kunstner, L. Balles, P. Hennig, 2019, arXiv 1905.12558, equation 3.
 */
export function empiricalFisher(
  options: CurvatureOperatorOptions,
): CurvatureOperator {
  checkOptions(options);
  return curvatureOperator(options, (given, part) => {
    const { objective } = given;
    const losses = (all: readonly Tensor[]) =>
      objective.evaluate(all, part.batch).losses;
    const slopes = part.freeze(() => losses(part.at), (replay) => {
      const ahead = replay(() => losses(part.ahead));
      const behind = replay(() => losses(part.behind));
      return tf.div(tf.sub(ahead, behind), part.width);
    });
    return pulledBack(given, part.at, losses, slopes);
  });
}
