/**
 * RMSprop, in the two forms that are about.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import { flag, optional } from "../schedules/field.ts";
import {
  type Current,
  defineOptimizer,
  type OptimizerFactory,
} from "./define.ts";
import { share, small } from "./fields.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { mix } from "./mix.ts";
import type { DecayOptions } from "./optimizer.ts";

/** Options of {@linkcode rmsprop}. */
export interface RmspropOptions extends DecayOptions {
  /** How much of the mean square a step keeps, α in [0, 1). @default {0.99} */
  readonly alpha?: Hyperparameter;
  /** Added to the root, ε over 0. @default {1e-8} */
  readonly epsilon?: Hyperparameter;
  /** Momentum on the scaled gradient, μ in [0, 1). @default {0} */
  readonly momentum?: Hyperparameter;
  /** Whether the mean's square is taken off the mean square. @default {false} */
  readonly centred?: boolean;
}

/** Options of {@linkcode kerasRmsprop}. */
export interface KerasRmspropOptions extends DecayOptions {
  /** How much of the mean square a step keeps, ρ in [0, 1). @default {0.9} */
  readonly rho?: Hyperparameter;
  /** Added under the root, ε over 0. @default {1e-7} */
  readonly epsilon?: Hyperparameter;
  /** Momentum on the step, μ in [0, 1). @default {0} */
  readonly momentum?: Hyperparameter;
  /** Whether the mean's square is taken off the mean square. @default {false} */
  readonly centred?: boolean;
}

const sharedFields = {
  momentum: share("momentum μ; 0 for none", 0),
  centred: optional(
    flag({ description: "whether the mean's square is taken off" }),
  ),
};

/** The slots that options ask for: momentum and centring need one each. */
function slotsOf(
  { momentum, centred }: {
    readonly momentum: Hyperparameter;
    readonly centred: boolean | undefined;
  },
): string[] {
  return [
    "meanSquare",
    ...centred ? ["mean"] : [],
    ...momentum === 0 ? [] : ["velocity"],
  ];
}

/** The moments after a gradient, and the variance or mean square to scale by. */
function moments(
  gradient: Tensor,
  [meanSquare, ...rest]: readonly Tensor[],
  keep: Current,
  centred: boolean | undefined,
): { scale: Tensor; slots: Tensor[]; velocity: Tensor | undefined } {
  const square = mix(meanSquare!, tf.square(gradient), keep);
  if (!centred) return { scale: square, slots: [square], velocity: rest[0] };
  const mean = mix(rest[0]!, gradient, keep);
  return {
    scale: tf.sub(square, tf.square(mean)),
    slots: [square, mean],
    velocity: rest[1],
  };
}

/**
 * RMSprop in PyTorch's form: s ← α·s + (1 − α)·g², u = g / (√s + ε); direction u,
 * or v ← μ·v + u with momentum. Centred, s − m² stands in the place of s, where
 * m ← α·m + (1 − α)·g. g is the gradient, α `alpha` in [0, 1), ε the `epsilon`, > 0,
 * and μ the `momentum`, in [0, 1).
 *
 * Slots: s, then m if centred, then v with momentum; of the parameter's shape, 0
 * at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The first step is of length 1/√(1 − α), whatever the gradient
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { rmsprop } from "./rmsprop.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const { direction } = rmsprop({ alpha: 0.99 });
 * const numbers = { learningRate: tf.scalar(1), step: tf.scalar(1) };
 * const first = direction(tf.scalar(-7), [tf.scalar(0)], numbers);
 * ok(Math.abs(first.direction.dataSync()[0]! + 10) < 1e-4);
 * ```
 *
 * Reference: T. Tieleman, G. Hinton, Coursera lecture 6.5, 2012; centred: A. Graves,
 * 2013, arXiv 1308.0850, equations 38–45.
 */
export const rmsprop: OptimizerFactory<RmspropOptions> = defineOptimizer({
  kind: "rmsprop",
  summary: "The gradient over the root of its mean square, in PyTorch's form.",
  formula: "s ← α·s + (1 − α)·g², u = g/(√s + ε), v ← μ·v + u, d = v",
  fields: {
    alpha: share("how much of the mean square a step keeps, α", 0.99),
    epsilon: small("what is added to the root, ε", 1e-8),
    ...sharedFields,
  },
  slots: slotsOf,
  direction(gradient, state, { alpha, epsilon, momentum, centred }) {
    const { scale, slots, velocity } = moments(gradient, state, alpha, centred);
    const scaled = tf.div(gradient, tf.add(tf.sqrt(scale), epsilon));
    if (velocity === undefined) return { direction: scaled, slots };
    const next = tf.add(tf.mul(velocity, momentum), scaled);
    return { direction: next, slots: [...slots, next] };
  },
});

/**
 * RMSprop in the form of Keras, TensorFlow and TensorFlow.js: s ← ρ·s + (1 − ρ)·g²,
 * v ← μ·v + η·g / √(s + ε), θ ← θ − v. Centred, s − m² stands in the place of s,
 * where m ← ρ·m + (1 − ρ)·g. θ is a parameter, g its gradient, ρ `rho` in [0, 1), μ
 * the `momentum` and ε the `epsilon`.
 *
 * It is {@linkcode rmsprop} but for two things: ε is under the root, and the
 * velocity holds the learning rate η, so that a drop of the rate acts on later
 * gradients only. Decoupled decay is θ ← θ − v − η·λ·θ.
 *
 * Slots: s, then m if centred, then v with momentum; of the parameter's shape, 0
 * at first.
 *
 * @param options The options; a number may be a schedule instead.
 * @returns The rule; its slots are the caller's to dispose.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The step goes on after the rate fell to 0
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { kerasRmsprop } from "./rmsprop.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const { direction, slots } = kerasRmsprop({ rho: 0.75, momentum: 0.5 });
 * const at = (rate: number, step: number) => ({
 *   learningRate: tf.scalar(rate),
 *   step: tf.scalar(step),
 * });
 * const zeros = slots.map(() => tf.scalar(0));
 * const first = direction(tf.scalar(3), zeros, at(0.1, 1));
 * ok(Math.abs(first.direction.dataSync()[0]! - 0.2) < 1e-6);
 * const second = direction(tf.scalar(3), first.slots, at(0, 2));
 * ok(Math.abs(second.direction.dataSync()[0]! - 0.1) < 1e-6);
 * ```
 *
 * Reference: T. Tieleman, G. Hinton, Coursera lecture 6.5, 2012.
 */
export const kerasRmsprop: OptimizerFactory<KerasRmspropOptions> =
  defineOptimizer({
    kind: "kerasRmsprop",
    summary: "The gradient over the root of its mean square, in Keras's form.",
    formula: "s ← ρ·s + (1 − ρ)·g², v ← μ·v + η·g/√(s + ε), θ ← θ − v",
    fields: {
      rho: share("how much of the mean square a step keeps, ρ", 0.9),
      epsilon: small("what is added under the root, ε", 1e-7),
      ...sharedFields,
    },
    slots: slotsOf,
    includesRate: true,
    direction(
      gradient,
      state,
      { rho, epsilon, momentum, centred },
      { learningRate },
    ) {
      const { scale, slots, velocity } = moments(gradient, state, rho, centred);
      const step = tf.div(
        tf.mul(learningRate, gradient),
        tf.sqrt(tf.add(scale, epsilon)),
      );
      if (velocity === undefined) return { direction: step, slots };
      const next = tf.add(tf.mul(velocity, momentum), step);
      return { direction: next, slots: [...slots, next] };
    },
  });
