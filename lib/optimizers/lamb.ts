/**
 * LAMB.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { adamFields, type AdamOptions, unbiased } from "./adam.ts";
import { defineOptimizer, type OptimizerFactory } from "./define.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { mix } from "./mix.ts";

/** Options of {@linkcode lamb}. */
export interface LambOptions extends Omit<AdamOptions, "epsilon"> {
  /** Added to the root, ε over 0. @default {1e-6} */
  readonly epsilon?: Hyperparameter;
}

const norm = (x: tf.Tensor) => tf.sqrt(tf.sum(tf.square(x)));

/**
 * LAMB: Adam's direction d, with decoupled decay u = d + λ·θ, scaled to the length
 * of the parameter: θ ← θ − η·(‖θ‖ / ‖u‖)·u, where ‖·‖ is over one parameter (a
 * kernel, a bias), η is the learning rate and λ the `weightDecay`. Where θ or u is 0
 * the factor is 1.
 *
 * Slots: the mean m and the mean square s, of the parameter's shape, 0 at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example Each step is as long as η·‖θ‖
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { lamb } from "./lamb.ts";
 * import { update } from "./optimizer.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const theta = tf.tensor1d([3, 4]), gradient = tf.tensor1d([1, -1e3]);
 * const zeros = [tf.zeros([2]), tf.zeros([2])];
 * const { parameter } = update(lamb(), "kernel", theta, gradient, zeros, {
 *   learningRate: tf.scalar(0.1),
 *   gradientWeight: undefined,
 *   step: tf.scalar(1),
 * });
 * const [x, y] = parameter.dataSync();
 * ok(Math.abs(Math.hypot(x! - 3, y! - 4) - 0.5) < 1e-5);
 * ```
 *
 * Differs from the paper: φ, which may bound ‖θ‖, is the identity; decay is coupled
 * unless told otherwise, as everywhere here; the paper's is `decay: "decoupled"`.
 *
 * Reference: Y. You et al., 2019, arXiv 1904.00962, algorithm 2.
 */
export const lamb: OptimizerFactory<LambOptions> = defineOptimizer({
  kind: "lamb",
  summary: "Adam's direction at the length of the parameter.",
  formula: "u = d + λ·θ, d as in adam, θ ← θ − η·(‖θ‖/‖u‖)·u",
  fields: adamFields(1e-6),
  slots: () => ["mean", "meanSquare"],
  direction(gradient, [mean, meanSquare], options, { step }) {
    const m = mix(mean!, gradient, options.beta1);
    const s = mix(meanSquare!, tf.square(gradient), options.beta2);
    return { direction: unbiased(m, s, options, step), slots: [m, s] };
  },
  rescale(direction, parameter) {
    const [long, short] = [norm(parameter), norm(direction)];
    const ratio = tf.div(long, short);
    const isRatio = tf.greater(tf.mul(long, short), 0);
    return tf.mul(
      direction,
      tf.where(isRatio, ratio, tf.onesLike(ratio)),
    );
  },
});
