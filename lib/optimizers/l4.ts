import * as tf from "@tensorflow/tfjs";
import type { OptimizerFactory } from "./define.ts";
import {
  begun,
  defineWholeOptimizer,
  inner,
  type WholeDecayOptions,
} from "./whole.ts";
import { kept, over0 } from "./whole_fields.ts";

/** Options of {@linkcode l4}. */
export interface L4Options extends WholeDecayOptions {
  /** α, > 0: the share of the loss above its least that a step is to take. @default {0.15} */
  readonly fraction?: number;
  /** γ, > 0: the share of the least loss seen that counts as reachable. @default {0.9} */
  readonly reachable?: number;
  /** The share of the first loss that the least one begins at, > 0. @default {0.75} */
  readonly start?: number;
  /** How much of the mean gradient a step keeps, in [0, 1). @default {0.9} */
  readonly momentum?: number;
  /** τ, > 0: the steps in which the least loss is forgotten. @default {1000} */
  readonly memory?: number;
}

/**
 * L4 with momentum: steps that are to lower a linear model of the loss by a share of what
 * is above its least: v ← the bias-corrected mean of gradients,
 * θ ← θ − η·α·(L − γ·Lmin) / (v·v + 1e-12)·v.
 *
 * Lmin ← min(Lmin, L) before the step, from `start`·L at the first, and
 * Lmin·(1 + 1/τ) after it. η is the learning rate, a factor: 1. The loss must not be
 * negative. Slots: the mean; for all: Lmin.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { l4 } from "./l4.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(l4({ fraction: 0.2 }).spec.reachable, 0.9);
 * ```
 *
 * Reference: M. Rolinek, G. Martius, 2018, arXiv 1802.05074, algorithm 1.
 */
export const l4: OptimizerFactory<L4Options> = defineWholeOptimizer({
  kind: "l4",
  summary: "Steps that lower a linear model of the loss by a share.",
  formula: "θ ← θ − η·α·(L − γ·Lmin) / (v·v + 1e-12)·v",
  fields: {
    fraction: over0("the share of what is above the least loss, α", 0.15),
    reachable: over0("the share of the least loss that is reachable, γ", 0.9),
    start: over0("the share of the first loss that the least begins at", 0.75),
    momentum: kept("how much of the mean gradient a step keeps", 0.9),
    memory: over0("the steps in which the least loss is forgotten, τ", 1000),
  },
  slots: ["mean"],
  shared: ["least"],
  step(options, { parameters, gradients, slots, shared, ...rest }) {
    const { loss, learningRate, first, step } = rest;
    const { fraction, reachable, start, momentum, memory } = options;
    const mean = gradients.map((g, i) =>
      tf.add(tf.mul(slots[i]![0]!, momentum), tf.mul(g, 1 - momentum))
    );
    const correction = tf.sub(1, tf.pow(tf.scalar(momentum), step));
    const direction = mean.map((m) => tf.div(m, correction));
    const least = tf.minimum(
      begun(shared[0]!, first, tf.mul(loss, start)),
      loss,
    );
    const rate = tf.mul(
      learningRate,
      tf.div(
        tf.mul(tf.sub(loss, tf.mul(least, reachable)), fraction),
        tf.add(inner(direction, direction), 1e-12),
      ),
    );
    return {
      parameters: parameters.map((p, i) =>
        tf.sub(p, tf.mul(rate, direction[i]!))
      ),
      slots: mean.map((m) => [m]),
      shared: [tf.mul(least, 1 + 1 / memory)],
    };
  },
});
