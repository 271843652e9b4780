/**
 * Schedule-Free learning: averaging in place of a schedule.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import type { OptimizerFactory } from "./define.ts";
import type { WholeStep, WholeStepped } from "./optimizer.ts";
import {
  begun,
  defineWholeOptimizer,
  type WholeDecayOptions,
} from "./whole.ts";
import { from0, kept, over0 } from "./whole_fields.ts";

/** Options of {@linkcode scheduleFree}. */
export interface ScheduleFreeOptions extends WholeDecayOptions {
  /** β in [0, 1): where between z (0) and x (1) gradients are taken. @default {0.9} */
  readonly interpolation?: number;
  /** The power of the greatest rate so far that weights an average. @default {2} */
  readonly weightPower?: number;
}

/** Options of {@linkcode scheduleFreeAdam}. */
export interface ScheduleFreeAdamOptions extends ScheduleFreeOptions {
  /** How much of the mean square a step keeps, β₂ in [0, 1). @default {0.999} */
  readonly beta2?: number;
  /** Added to the root, > 0. @default {1e-8} */
  readonly epsilon?: number;
}

const fields = {
  interpolation: kept("where between z and x gradients are taken, β", 0.9),
  weightPower: from0("the power of the greatest rate that weights", 2),
};

/** z, x and y after a step along directions; x is what is evaluated. */
function averaged(
  { interpolation: beta, weightPower }: {
    readonly interpolation: number;
    readonly weightPower: number;
  },
  { parameters, slots, shared, average, learningRate, first }: WholeStep,
  directions: readonly Tensor[],
  more: readonly Tensor[][],
): WholeStepped {
  const most = tf.maximum(shared[0]!, learningRate);
  const weight = tf.pow(most, tf.scalar(weightPower));
  const total = tf.add(shared[1]!, weight);
  const share = tf.divNoNan(weight, total);
  const z = parameters.map((p, i) =>
    tf.sub(
      begun(slots[i]![0]!, first, p),
      tf.mul(learningRate, directions[i]!),
    )
  );
  const x = z.map((to, i) =>
    tf.add(average![i]!, tf.mul(share, tf.sub(to, average![i]!)))
  );
  return {
    parameters: z.map((end, i) =>
      tf.add(tf.mul(x[i]!, beta), tf.mul(end, 1 - beta))
    ),
    slots: z.map((end, i) => [end, ...more[i]!]),
    shared: [most, total],
    average: x,
  };
}

/**
 * Schedule-Free gradient descent: z ← z − η·g(y), x ← (1 − c)·x + c·z,
 * y = β·x + (1 − β)·z, with c the share of this step's weight η̄^`weightPower` in all
 * weights so far, η̄ the greatest rate so far.
 *
 * The trained parameters are y; x is evaluated beside them as the averaged weights
 * (`averaged` in records and results), with recalibrated statistics. η is best constant
 * after a warm-up. Slots: z; for all: η̄, the weights' sum.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { scheduleFree } from "./schedule_free.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(scheduleFree().whole!.averages, true);
 * ```
 *
 * Reference: A. Defazio, X. Yang, H. Mehta, K. Mishchenko, A. Khaled, A. Cutkosky, 2024,
 * arXiv 2405.15682, equations 3 to 5.
 */
export const scheduleFree: OptimizerFactory<ScheduleFreeOptions> =
  defineWholeOptimizer({
    kind: "scheduleFree",
    summary: "Gradient descent with averaging in place of a schedule.",
    formula: "z ← z − η·g(y), x ← (1 − c)·x + c·z, y = β·x + (1 − β)·z",
    fields,
    slots: ["z"],
    shared: ["greatestRate", "weights"],
    averages: true,
    step: (options, before) =>
      averaged(options, before, before.gradients, before.slots.map(() => [])),
  });

/**
 * Schedule-Free Adam: {@linkcode scheduleFree} with g / (√v̂ + ε) in place of g,
 * v ← β₂·v + (1 − β₂)·g², v̂ = v / (1 − β₂ᵗ).
 *
 * Slots: z and v; for all: η̄, the weights' sum.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { scheduleFreeAdam } from "./schedule_free.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(scheduleFreeAdam().slots, ["z", "meanSquare"]);
 * ```
 *
 * Reference: A. Defazio et al., 2024, arXiv 2405.15682, algorithm 1.
 */
export const scheduleFreeAdam: OptimizerFactory<ScheduleFreeAdamOptions> =
  defineWholeOptimizer({
    kind: "scheduleFreeAdam",
    summary: "Adam with averaging in place of a schedule and of momentum.",
    formula:
      "z ← z − η·g(y) / (√v̂ + ε), x ← (1 − c)·x + c·z, y = β·x + (1 − β)·z",
    fields: {
      ...fields,
      beta2: kept("how much of the mean square a step keeps, β₂", 0.999),
      epsilon: over0("what is added to the root, ε", 1e-8),
    },
    slots: ["z", "meanSquare"],
    shared: ["greatestRate", "weights"],
    averages: true,
    step(options, before) {
      const { beta2, epsilon } = options;
      const squares = before.gradients.map((g, i) =>
        tf.add(
          tf.mul(before.slots[i]![1]!, beta2),
          tf.mul(tf.square(g), 1 - beta2),
        )
      );
      const lacking = tf.sub(1, tf.pow(tf.scalar(beta2), before.step));
      const directions = before.gradients.map((g, i) =>
        tf.div(g, tf.add(tf.sqrt(tf.div(squares[i]!, lacking)), epsilon))
      );
      return averaged(options, before, directions, squares.map((v) => [v]));
    },
  });
