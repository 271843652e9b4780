/**
 * Lion.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { defineOptimizer, type OptimizerFactory } from "./define.ts";
import { share } from "./fields.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { mix } from "./mix.ts";
import type { DecayOptions } from "./optimizer.ts";

/** Options of {@linkcode lion}. */
export interface LionOptions extends DecayOptions {
  /** How much of the mean the direction takes, β₁ in [0, 1). @default {0.9} */
  readonly beta1?: Hyperparameter;
  /** How much of the mean a step keeps, β₂ in [0, 1). @default {0.99} */
  readonly beta2?: Hyperparameter;
}

/**
 * Lion: direction sign(β₁·m + (1 − β₁)·g), then m ← β₂·m + (1 − β₂)·g, where g is the
 * gradient, and β₁ `beta1` and β₂ `beta2` are in [0, 1).
 *
 * Slots: the mean m, of the parameter's shape, 0 at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example Every step is as long as any other
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { lion } from "./lion.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const { direction } = lion();
 * const numbers = { learningRate: tf.scalar(1), step: tf.scalar(1) };
 * const first = direction(tf.tensor1d([-7, 1e-6]), [tf.zeros([2])], numbers);
 * deepStrictEqual([...first.direction.dataSync()], [-1, 1]);
 * ```
 *
 * Differs from the paper: decay is coupled unless told otherwise, as everywhere
 * here; the paper's is `decay: "decoupled"`.
 *
 * Reference: X. Chen et al., "Symbolic discovery of optimization algorithms", 2023,
 * arXiv 2302.06675, algorithm 2.
 */
export const lion: OptimizerFactory<LionOptions> = defineOptimizer({
  kind: "lion",
  summary: "The sign of a mean of gradients.",
  formula: "d = sign(β₁·m + (1 − β₁)·g), m ← β₂·m + (1 − β₂)·g",
  fields: {
    beta1: share("how much of the mean the direction takes, β₁", 0.9),
    beta2: share("how much of the mean a step keeps, β₂", 0.99),
  },
  slots: () => ["mean"],
  direction(gradient, [mean], { beta1, beta2 }) {
    return {
      direction: tf.sign(mix(mean!, gradient, beta1)),
      slots: [mix(mean!, gradient, beta2)],
    };
  },
});
