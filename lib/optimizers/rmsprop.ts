/**
 * RMSprop.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type DecayOptions, type Optimizer, optimizer } from "./optimizer.ts";

/** Options of {@linkcode rmsprop}. */
export interface RmspropOptions extends DecayOptions {
  /** How much of the mean square a step keeps, in [0, 1). @default {0.99} */
  alpha?: number;
  /** Added to the root, over 0. @default {1e-8} */
  epsilon?: number;
  /** Momentum on the scaled gradient, in [0, 1). @default {0} */
  momentum?: number;
}

/**
 * RMSprop in PyTorch's form: s ← α·s + (1 − α)·g², u = g / (√s + ε); direction u,
 * or v ← μ·v + u with momentum.
 *
 * @throws {RangeError} If an option is out of range.
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
 * const first = direction(tf.scalar(-7), [tf.scalar(0)], tf.scalar(1));
 * ok(Math.abs(first.direction.dataSync()[0]! + 10) < 1e-4);
 * ```
 *
 * Reference: T. Tieleman, G. Hinton, Coursera lecture 6.5, 2012.
 */
export function rmsprop(options: RmspropOptions = {}): Optimizer {
  const { alpha = 0.99, epsilon = 1e-8, momentum = 0 } = options;
  for (const [name, value] of Object.entries({ alpha, momentum })) {
    if (!(value >= 0 && value < 1)) {
      throw new RangeError(`${name} must be in [0, 1), got ${value}`);
    }
  }
  if (!(epsilon > 0)) {
    throw new RangeError(`epsilon must be > 0, got ${epsilon}`);
  }
  return optimizer("rmsprop", { alpha, epsilon, momentum }, options, {
    slots: momentum > 0 ? ["meanSquare", "velocity"] : ["meanSquare"],
    direction(gradient, [meanSquare, velocity]) {
      const square = tf.add(
        tf.mul(meanSquare!, alpha),
        tf.mul(tf.square(gradient), 1 - alpha),
      );
      const scaled = tf.div(gradient, tf.add(tf.sqrt(square), epsilon));
      if (velocity === undefined) return { direction: scaled, slots: [square] };
      const next = tf.add(tf.mul(velocity, momentum), scaled);
      return { direction: next, slots: [square, next] };
    },
  });
}
