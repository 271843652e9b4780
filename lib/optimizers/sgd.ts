/**
 * Gradient descent, plain and with momentum.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { defineOptimizer, type OptimizerFactory } from "./define.ts";
import { share } from "./fields.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import type { DecayOptions } from "./optimizer.ts";

/**
 * Stochastic gradient descent: the direction is the gradient.
 *
 * θ ← θ − η·(w·g + λ·θ); coupled and decoupled decay are the same here.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { sgd } from "./sgd.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(sgd({ weightDecay: 1e-4 }).spec.kind, "sgd");
 * ```
 *
 * Reference: H. Robbins, S. Monro, Ann. Math. Statist. 22, 1951.
 */
export const sgd: OptimizerFactory<DecayOptions> = defineOptimizer({
  kind: "sgd",
  summary: "The direction is the gradient.",
  formula: "d = g",
  fields: {},
  slots: () => [],
  direction: (gradient) => ({ direction: gradient, slots: [] }),
});

/** Options of {@linkcode momentum} and {@linkcode nesterov}. */
export interface MomentumOptions extends DecayOptions {
  /** Momentum μ in [0, 1); a number, or a schedule of it. @default {0.9} */
  readonly momentum?: Hyperparameter;
}

const momentumFields = {
  momentum: share("how much of the velocity a step keeps, μ", 0.9),
};

/**
 * Heavy-ball momentum, with the learning rate outside of the velocity, as in
 * PyTorch: v ← μ·v + g, direction v.
 *
 * Slots: the velocity v, of the parameter's shape, 0 at first.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example Two steps under a constant gradient of 1: v is 1, then 1.5
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { momentum } from "./sgd.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const { direction } = momentum({ momentum: 0.5 });
 * const gradient = tf.scalar(1);
 * const numbers = { learningRate: tf.scalar(1), step: tf.scalar(1) };
 * const first = direction(gradient, [tf.scalar(0)], numbers);
 * const second = direction(gradient, first.slots, numbers);
 * strictEqual(second.direction.dataSync()[0], 1.5);
 * ```
 *
 * @example Momentum that rises while the rate falls, in one spec
 * ```ts
 * import { linear } from "../schedules/linear.ts";
 * import { momentum } from "./sgd.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const optimizer = momentum({
 *   momentum: linear({ from: 0.85, to: 0.95, steps: 1000 }),
 * });
 * deepStrictEqual(optimizer.spec.momentum, {
 *   kind: "linear",
 *   from: 0.85,
 *   to: 0.95,
 *   steps: 1000,
 * });
 * ```
 *
 * Reference: B. Polyak, USSR Comput. Math. and Math. Phys. 4, 1964.
 */
export const momentum: OptimizerFactory<MomentumOptions> = defineOptimizer({
  kind: "momentum",
  summary: "Heavy-ball momentum in PyTorch's form.",
  formula: "v ← μ·v + g, d = v",
  fields: momentumFields,
  slots: () => ["velocity"],
  direction(gradient, [velocity], { momentum }) {
    const next = tf.add(tf.mul(velocity!, momentum), gradient);
    return { direction: next, slots: [next] };
  },
});

/**
 * Nesterov's momentum in PyTorch's form: v ← μ·v + g, direction g + μ·v.
 *
 * Slots: the velocity v, of the parameter's shape, 0 at first.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The first step looks ahead: g + μ·g
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { nesterov } from "./sgd.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const { direction } = nesterov({ momentum: 0.5 });
 * const numbers = { learningRate: tf.scalar(1), step: tf.scalar(1) };
 * const first = direction(tf.scalar(1), [tf.scalar(0)], numbers);
 * strictEqual(first.direction.dataSync()[0], 1.5);
 * ```
 *
 * Differs from the paper: the velocity holds no learning rate, so that a schedule
 * acts at once; at a constant rate the parameters are those of the paper's
 * look-ahead points.
 *
 * Reference: I. Sutskever, J. Martens, G. Dahl, G. Hinton, ICML 2013, section 2.
 */
export const nesterov: OptimizerFactory<MomentumOptions> = defineOptimizer({
  kind: "nesterov",
  summary: "Nesterov's momentum in PyTorch's form.",
  formula: "v ← μ·v + g, d = g + μ·v",
  fields: momentumFields,
  slots: () => ["velocity"],
  direction(gradient, [velocity], { momentum }) {
    const next = tf.add(tf.mul(velocity!, momentum), gradient);
    return {
      direction: tf.add(gradient, tf.mul(next, momentum)),
      slots: [next],
    };
  },
});
