/**
 * NAdam.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import { adamFields, type AdamOptions, biasCorrection } from "./adam.ts";
import { defineOptimizer, type OptimizerFactory } from "./define.ts";
import { type Hyperparameter, hyperparameter } from "./hyperparameter.ts";
import { mix } from "./mix.ts";

/** Options of {@linkcode nadam}. */
export interface NadamOptions extends AdamOptions {
  /** How fast the momentum rises towards β₁, ψ at least 0. @default {0.004} */
  readonly momentumDecay?: Hyperparameter;
}

/**
 * Adam with Nesterov's momentum, in PyTorch's form: with m and s as in Adam and
 * μₜ = β₁·(1 − 0.96^(t·ψ) / 2), Mₜ = μ₁·…·μₜ, the direction is
 * (μₜ₊₁·m / (1 − Mₜ·μₜ₊₁) + (1 − μₜ)·g / (1 − Mₜ)) / (√(s / (1 − β₂ᵗ)) + ε)
 * at step t, from 1, where g is the gradient and ψ the `momentumDecay`.
 *
 * Slots: m and s, of the parameter's shape, and one number, 1 − M; 0 at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The first step is longer than Adam's: it looks ahead
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { nadam } from "./nadam.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const { direction, slots } = nadam();
 * const first = direction(tf.scalar(7), slots.map(() => tf.scalar(0)), {
 *   learningRate: tf.scalar(1),
 *   step: tf.scalar(1),
 * });
 * ok(Math.abs(first.direction.dataSync()[0]! - 1.0565) < 1e-4);
 * ```
 *
 * Reference: T. Dozat, "Incorporating Nesterov momentum into Adam", ICLR 2016
 * workshop, algorithm 2.
 */
export const nadam: OptimizerFactory<NadamOptions> = defineOptimizer({
  kind: "nadam",
  summary: "Adam with Nesterov's momentum.",
  formula:
    "d = (μₜ₊₁·m/(1 − Mₜ·μₜ₊₁) + (1 − μₜ)·g/(1 − Mₜ)) / (√(s/(1 − β₂ᵗ)) + ε), μₜ = β₁·(1 − 0.96^(t·ψ)/2), Mₜ = Πμ",
  fields: {
    ...adamFields(1e-8),
    momentumDecay: hyperparameter({
      description: "how fast the momentum rises towards β₁, ψ",
      minimum: 0,
      default: 0.004,
    }),
  },
  slots: () => ["mean", "meanSquare", "productComplement"],
  scalarSlots: ["productComplement"],
  direction(
    gradient,
    [mean, meanSquare, complement],
    { beta1, beta2, epsilon, momentumDecay },
    { step },
  ) {
    const momentumAt = (t: Tensor) =>
      tf.mul(
        tf.sub(1, tf.mul(0.5, tf.pow(0.96, tf.mul(t, momentumDecay)))),
        beta1,
      );
    const now = momentumAt(step);
    const ahead = momentumAt(tf.add(step, 1));
    // Slots begin at 0, so 1 − M is kept: it is what is needed, too.
    const product = tf.mul(tf.sub(1, complement!), now);
    const rest = tf.sub(1, product);
    const m = mix(mean!, gradient, beta1);
    const s = mix(meanSquare!, tf.square(gradient), beta2);
    const looking = tf.add(
      tf.mul(m, tf.div(ahead, tf.sub(1, tf.mul(product, ahead)))),
      tf.mul(gradient, tf.div(tf.sub(1, now), rest)),
    );
    const root = tf.sqrt(tf.div(s, biasCorrection(beta2, step)));
    return {
      direction: tf.div(looking, tf.add(root, epsilon)),
      slots: [m, s, rest],
    };
  },
});
