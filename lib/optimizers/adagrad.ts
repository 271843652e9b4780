/**
 * AdaGrad.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { defineOptimizer, type OptimizerFactory } from "./define.ts";
import { small } from "./fields.ts";
import { type Hyperparameter, hyperparameter } from "./hyperparameter.ts";
import type { DecayOptions } from "./optimizer.ts";

/** Options of {@linkcode adagrad}. */
export interface AdagradOptions extends DecayOptions {
  /** What the sum of squares begins at, at least 0. @default {0} */
  readonly initialSum?: Hyperparameter;
  /** Added to the root, ε over 0. @default {1e-10} */
  readonly epsilon?: Hyperparameter;
}

/**
 * AdaGrad in PyTorch's form: G ← G + g², direction g / (√(G₀ + G) + ε), where G₀
 * is `initialSum`, ≥ 0, g the gradient and ε the `epsilon`, > 0.
 *
 * Slots: the sum of squares G, of the parameter's shape, 0 at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example Under a constant gradient, step t is of length 1/√t
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { adagrad } from "./adagrad.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const { direction } = adagrad();
 * const numbers = { learningRate: tf.scalar(1), step: tf.scalar(1) };
 * const first = direction(tf.scalar(-3), [tf.scalar(0)], numbers);
 * ok(Math.abs(first.direction.dataSync()[0]! + 1) < 1e-6);
 * const second = direction(tf.scalar(-3), first.slots, numbers);
 * ok(Math.abs(second.direction.dataSync()[0]! + Math.SQRT1_2) < 1e-6);
 * ```
 *
 * Differs from PyTorch: no `lr_decay`, which is the schedule `rational`.
 *
 * Reference: J. Duchi, E. Hazan, Y. Singer, JMLR 12, 2011, the diagonal form of
 * figure 1.
 */
export const adagrad: OptimizerFactory<AdagradOptions> = defineOptimizer({
  kind: "adagrad",
  summary: "The gradient over the root of the sum of its squares.",
  formula: "G ← G + g², d = g/(√(G₀ + G) + ε)",
  fields: {
    initialSum: hyperparameter({
      description: "what the sum of squares begins at, G₀",
      minimum: 0,
      default: 0,
    }),
    epsilon: small("what is added to the root, ε", 1e-10),
  },
  slots: () => ["sumOfSquares"],
  direction(gradient, [sum], { initialSum, epsilon }) {
    const next = tf.add(sum!, tf.square(gradient));
    const root = tf.sqrt(tf.add(next, initialSum));
    return {
      direction: tf.div(gradient, tf.add(root, epsilon)),
      slots: [next],
    };
  },
});
