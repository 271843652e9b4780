import * as tf from "@tensorflow/tfjs";
import { number, withDefault } from "../schedules/field.ts";
import type { OptimizerFactory } from "./define.ts";
import { defineWholeOptimizer, inner } from "./whole.ts";
import type { WholeDecayOptions } from "./whole.ts";
import { kept } from "./whole_fields.ts";

/** Options of {@linkcode momo}. */
export interface MomoOptions extends WholeDecayOptions {
  /** How much of the means a step keeps, β in [0, 1). @default {0.9} */
  readonly momentum?: number;
  /** f*, a lower bound of the loss. @default {0} */
  readonly lowerBound?: number;
}

/** Below this a squared norm counts as 0, as in optax. */
const LEAST_SQUARE = 2.220446049250313e-16;

/**
 * MoMo: momentum whose step size is the least with which a model of the mean loss
 * reaches its lower bound: d ← β·d + (1 − β)·g, f̄ and γ the same means of the loss and of
 * g·θ, τ = min(η, max(f̄ − f* − γ + d·θ, 0) / ‖d‖²), θ ← θ − τ·d.
 *
 * η is the learning rate, a bound, 1 or a schedule; f* the `lowerBound`. At the first
 * step the means are the values themselves. Slots: d; for all: f̄, γ.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { momo } from "./momo.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const optimizer = momo();
 * deepStrictEqual(optimizer.slots, ["mean"]);
 * deepStrictEqual(optimizer.whole!.shared, ["meanLoss", "meanProduct"]);
 * ```
 *
 * Reference: F. Schaipp, R. Ohana, M. Eickenberg, A. Defazio, R. Gower, 2023,
 * arXiv 2305.07583, algorithm 1, with a fixed lower bound and coupled weight decay.
 */
export const momo: OptimizerFactory<MomoOptions> = defineWholeOptimizer({
  kind: "momo",
  summary: "Momentum with Polyak's step size for the mean loss.",
  formula: "τ = min(η, max(f̄ − f* − γ + d·θ, 0) / ‖d‖²), θ ← θ − τ·d",
  fields: {
    momentum: kept("how much of the means a step keeps, β", 0.9),
    lowerBound: withDefault(
      0,
      number({ description: "a lower bound of the loss, f*" }),
    ),
  },
  slots: ["mean"],
  shared: ["meanLoss", "meanProduct"],
  step(options, { parameters, gradients, slots, shared, ...rest }) {
    const { loss, learningRate, first } = rest;
    const beta = tf.mul(options.momentum, tf.sub(1, first));
    const mix = (old: tf.Tensor, fresh: tf.Tensor) =>
      tf.add(tf.mul(beta, old), tf.mul(tf.sub(1, beta), fresh));
    const mean = gradients.map((g, i) => mix(slots[i]![0]!, g));
    const meanLoss = mix(shared[0]!, loss);
    const meanProduct = mix(shared[1]!, inner(gradients, parameters));
    const above = tf.maximum(
      tf.add(
        tf.sub(tf.sub(meanLoss, options.lowerBound), meanProduct),
        inner(mean, parameters),
      ),
      0,
    );
    const square = inner(mean, mean);
    const polyak = tf.mul(
      tf.divNoNan(above, square),
      tf.cast(tf.greater(square, LEAST_SQUARE), "float32"),
    );
    const rate = tf.minimum(learningRate, polyak);
    return {
      parameters: parameters.map((p, i) => tf.sub(p, tf.mul(rate, mean[i]!))),
      slots: mean.map((d) => [d]),
      shared: [meanLoss, meanProduct],
    };
  },
});
