/**
 * AdaDelta.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { defineOptimizer, type OptimizerFactory } from "./define.ts";
import { share, small } from "./fields.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { mix } from "./mix.ts";
import type { DecayOptions } from "./optimizer.ts";

/** Options of {@linkcode adadelta}. */
export interface AdadeltaOptions extends DecayOptions {
  /** How much of the means a step keeps, ρ in [0, 1). @default {0.9} */
  readonly rho?: Hyperparameter;
  /** Added under both roots, ε over 0. @default {1e-6} */
  readonly epsilon?: Hyperparameter;
}

/**
 * AdaDelta in PyTorch's form: s ← ρ·s + (1 − ρ)·g², direction
 * d = g·√(u + ε) / √(s + ε), then u ← ρ·u + (1 − ρ)·d², where g is the gradient, ρ
 * `rho` in [0, 1) and ε the `epsilon`, > 0. Its own rate is 1.
 *
 * Slots: the mean squares s of gradients and u of directions, of the parameter's
 * shape, 0 at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The first step is of length √(ε / (1 − ρ)), nearly
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { adadelta } from "./adadelta.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const { direction, slots } = adadelta({ rho: 0.96, epsilon: 1e-4 });
 * const zeros = slots.map(() => tf.scalar(0));
 * const numbers = { learningRate: tf.scalar(1), step: tf.scalar(1) };
 * const first = direction(tf.scalar(5), zeros, numbers);
 * ok(Math.abs(first.direction.dataSync()[0]! - 0.05) < 1e-5);
 * ```
 *
 * Differs from the paper: a learning rate multiplies the direction.
 *
 * Reference: M. Zeiler, 2012, arXiv 1212.5701, algorithm 1.
 */
export const adadelta: OptimizerFactory<AdadeltaOptions> = defineOptimizer({
  kind: "adadelta",
  summary: "The gradient over its root mean square, times that of the steps.",
  formula:
    "s ← ρ·s + (1 − ρ)·g², d = g·√(u + ε)/√(s + ε), u ← ρ·u + (1 − ρ)·d²",
  fields: {
    rho: share("how much of the means a step keeps, ρ", 0.9),
    epsilon: small("what is added under the roots, ε", 1e-6),
  },
  slots: () => ["meanSquare", "meanSquareStep"],
  direction(gradient, [meanSquare, meanSquareStep], { rho, epsilon }) {
    const root = (square: tf.Tensor) => tf.sqrt(tf.add(square, epsilon));
    const s = mix(meanSquare!, tf.square(gradient), rho);
    const direction = tf.mul(
      tf.div(root(meanSquareStep!), root(s)),
      gradient,
    );
    const u = mix(meanSquareStep!, tf.square(direction), rho);
    return { direction, slots: [s, u] };
  },
});
