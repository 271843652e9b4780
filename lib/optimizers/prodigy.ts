import * as tf from "@tensorflow/tfjs";
import type { OptimizerFactory } from "./define.ts";
import {
  begun,
  defineWholeOptimizer,
  inner,
  type WholeDecayOptions,
} from "./whole.ts";
import { kept, over0 } from "./whole_fields.ts";

/** Options of {@linkcode prodigy}. */
export interface ProdigyOptions extends WholeDecayOptions {
  /** How much of the mean a step keeps, β₁ in [0, 1). @default {0.9} */
  readonly beta1?: number;
  /** How much of the mean square a step keeps, β₂ in [0, 1). @default {0.999} */
  readonly beta2?: number;
  /** Added to the root, times d, > 0. @default {1e-8} */
  readonly epsilon?: number;
  /** d₀, > 0: the first estimate of the distance to the solution. @default {1e-6} */
  readonly start?: number;
  /** What the estimate is multiplied by, > 0. @default {1} */
  readonly coefficient?: number;
}

/**
 * Prodigy: Adam that estimates the distance to the solution, and with it the step size.
 *
 * With the estimate d, β₃ = √β₂ and ℓ = d·η·√(1 − β₂ᵗ) / (1 − β₁ᵗ) at step t:
 * m ← β₁·m + (1 − β₁)·d·g, v ← β₂·v + (1 − β₂)·(d·g)², s ← β₃·s + ℓ·d·g/d₀,
 * n ← β₃·n + (d/d₀)·ℓ·g·(θ₀ − θ), d ← max(d, coefficient·n / ‖s‖₁), and with the new d
 * θ ← θ − ℓ·m / (√v + d·ε). η is the learning rate, a factor: 1.
 *
 * Slots: m, v, s and θ₀; for all: d, n.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { prodigy } from "./prodigy.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(prodigy().whole!.shared, ["estimate", "numerator"]);
 * ```
 *
 * Reference: K. Mishchenko, A. Defazio, 2023, arXiv 2306.06101, algorithm 4.
 */
export const prodigy: OptimizerFactory<ProdigyOptions> = defineWholeOptimizer({
  kind: "prodigy",
  summary: "Adam that estimates the distance to the solution.",
  formula: "d ← max(d, n / ‖s‖₁), θ ← θ − ℓ·m / (√v + d·ε)",
  fields: {
    beta1: kept("how much of the mean a step keeps, β₁", 0.9),
    beta2: kept("how much of the mean square a step keeps, β₂", 0.999),
    epsilon: over0("what is added to the root, times d, ε", 1e-8),
    start: over0("the first estimate of the distance, d₀", 1e-6),
    coefficient: over0("what the estimate is multiplied by", 1),
  },
  slots: ["mean", "meanSquare", "sum", "start"],
  shared: ["estimate", "numerator"],
  step(options, { parameters, gradients, slots, shared, ...rest }) {
    const { learningRate, first, step } = rest;
    const { beta1, beta2, epsilon, start: d0, coefficient } = options;
    // In the graph: constants are short decimals there, and a root is none.
    const beta3 = tf.sqrt(tf.scalar(beta2));
    const d = begun(shared[0]!, first, d0);
    const lacking = (beta: number) => tf.sub(1, tf.pow(tf.scalar(beta), step));
    const rate = tf.mul(
      tf.mul(d, learningRate),
      tf.div(tf.sqrt(lacking(beta2)), lacking(beta1)),
    );
    const starts = parameters.map((p, i) => begun(slots[i]![3]!, first, p));
    const scaled = gradients.map((g) => tf.mul(d, g));
    const mean = scaled.map((g, i) =>
      tf.add(tf.mul(slots[i]![0]!, beta1), tf.mul(g, 1 - beta1))
    );
    const square = scaled.map((g, i) =>
      tf.add(tf.mul(slots[i]![1]!, beta2), tf.mul(tf.square(g), 1 - beta2))
    );
    const sums = scaled.map((g, i) =>
      tf.add(tf.mul(slots[i]![2]!, beta3), tf.mul(tf.div(rate, d0), g))
    );
    const away = parameters.map((p, i) => tf.sub(starts[i]!, p));
    const numerator = tf.add(
      tf.mul(shared[1]!, beta3),
      tf.mul(tf.mul(tf.div(d, d0), rate), inner(gradients, away)),
    );
    const length = tf.addN(sums.map((s) => tf.sum(tf.abs(s))));
    const estimate = tf.maximum(
      d,
      tf.mul(tf.divNoNan(numerator, length), coefficient),
    );
    return {
      parameters: parameters.map((p, i) =>
        tf.sub(
          p,
          tf.divNoNan(
            tf.mul(rate, mean[i]!),
            tf.add(tf.sqrt(square[i]!), tf.mul(estimate, epsilon)),
          ),
        )
      ),
      slots: starts.map((start, i) => [mean[i]!, square[i]!, sums[i]!, start]),
      shared: [estimate, numerator],
    };
  },
});
