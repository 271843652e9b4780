import * as tf from "@tensorflow/tfjs";
import { number, optional } from "../schedules/field.ts";
import type { OptimizerFactory } from "./define.ts";
import {
  begun,
  defineWholeOptimizer,
  inner,
  type WholeDecayOptions,
} from "./whole.ts";
import { kept, over0 } from "./whole_fields.ts";

/** Options of {@linkcode dAdaptation}. */
export interface DAdaptationOptions extends WholeDecayOptions {
  /** Momentum μ in [0, 1). @default {0} */
  readonly momentum?: number;
  /** d₀, > 0: the first estimate of the distance to the solution. @default {1e-6} */
  readonly start?: number;
  /** The most that the estimate grows by in a step, ≥ 1. @default {without limit} */
  readonly growth?: number;
}

/**
 * D-Adaptation of gradient descent: estimates the distance D to the solution, and with it
 * the step size: λ = d·η / ‖g₀‖, n ← n + λ·g·s, s ← s + λ·g, d ← max(d, min(2n / ‖s‖,
 * d·growth)), z = θ₀ − s, θ ← μ·θ + (1 − μ)·z.
 *
 * η is the learning rate, a factor: 1. Slots: θ₀ and s; for all: d, n, ‖g₀‖.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { dAdaptation } from "./d_adaptation.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(dAdaptation({ momentum: 0.9 }).spec.start, 1e-6);
 * ```
 *
 * Reference: A. Defazio, K. Mishchenko, 2023, arXiv 2301.07733, algorithm 4.
 */
export const dAdaptation: OptimizerFactory<DAdaptationOptions> =
  defineWholeOptimizer({
    kind: "dAdaptation",
    summary: "Gradient descent that estimates the distance to the solution.",
    formula: "d ← max(d, min(2n/‖s‖, d·growth)), θ ← μ·θ + (1 − μ)·(θ₀ − s)",
    fields: {
      momentum: kept("momentum, μ", 0),
      start: over0("the first estimate of the distance, d₀", 1e-6),
      growth: optional(
        number({
          description: "the most that the estimate grows by",
          minimum: 1,
        }),
      ),
    },
    slots: ["start", "sum"],
    shared: ["estimate", "numerator", "firstNorm"],
    step(options, { parameters, gradients, slots, shared, ...rest }) {
      const { learningRate, first } = rest;
      const { momentum, growth } = options;
      const estimate = begun(shared[0]!, first, options.start);
      const norm = begun(
        shared[2]!,
        first,
        tf.sqrt(inner(gradients, gradients)),
      );
      const lambda = tf.divNoNan(tf.mul(estimate, learningRate), norm);
      const sums = slots.map(([, sum]) => sum!);
      const numerator = tf.add(
        shared[1]!,
        tf.mul(lambda, inner(gradients, sums)),
      );
      const next = sums.map((s, i) => tf.add(s, tf.mul(lambda, gradients[i]!)));
      const found = tf.divNoNan(
        tf.mul(numerator, 2),
        tf.sqrt(inner(next, next)),
      );
      const bounded = growth === undefined
        ? found
        : tf.minimum(found, tf.mul(estimate, growth));
      const starts = parameters.map((p, i) => begun(slots[i]![0]!, first, p));
      return {
        parameters: parameters.map((p, i) =>
          tf.add(
            tf.mul(p, momentum),
            tf.mul(tf.sub(starts[i]!, next[i]!), 1 - momentum),
          )
        ),
        slots: starts.map((start, i) => [start, next[i]!]),
        shared: [tf.maximum(estimate, bounded), numerator, norm],
      };
    },
  });
