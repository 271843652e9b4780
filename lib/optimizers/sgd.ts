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
 * θ ← θ − η·(w·g + λ·θ), where θ is a parameter, g its gradient, η the learning
 * rate, w the gradient weight and λ the `weightDecay`, ≥ 0; coupled and decoupled
 * decay are the same here.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example A step from 2 with a gradient of 1: 2 − 0.1·(1 + 0.5·2)
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { update } from "./optimizer.ts";
 * import { sgd } from "./sgd.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const rule = sgd({ weightDecay: 0.5 });
 * const { parameter } = update(rule, "kernel", tf.scalar(2), tf.scalar(1), [], {
 *   learningRate: tf.scalar(0.1),
 *   gradientWeight: undefined,
 *   step: tf.scalar(1),
 * });
 * ok(Math.abs(parameter.dataSync()[0]! - 1.8) < 1e-6);
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
 * PyTorch: v ← μ·v + g, direction v, where g is the gradient and μ the `momentum`,
 * in [0, 1).
 *
 * Slots: the velocity v, of the parameter's shape, 0 at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
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
 * Nesterov's momentum in PyTorch's form: v ← μ·v + g, direction g + μ·v, where g is
 * the gradient and μ the `momentum`, in [0, 1).
 *
 * Slots: the velocity v, of the parameter's shape, 0 at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
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
