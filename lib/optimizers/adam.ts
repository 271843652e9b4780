/**
 * Adam.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type DecayOptions, type Optimizer, optimizer } from "./optimizer.ts";

/** Options of {@linkcode adam}. */
export interface AdamOptions extends DecayOptions {
  /** How much of the mean a step keeps, in [0, 1). @default {0.9} */
  beta1?: number;
  /** How much of the mean square a step keeps, in [0, 1). @default {0.999} */
  beta2?: number;
  /** Added to the root, over 0. @default {1e-8} */
  epsilon?: number;
}

/**
 * Adam in PyTorch's form: m ← β₁·m + (1 − β₁)·g, s ← β₂·s + (1 − β₂)·g²,
 * direction (m / (1 − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + ε) at step t. With
 * `decay: "decoupled"` it is AdamW.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example The first step is of length 1, whatever the gradient
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { adam } from "./adam.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const { direction } = adam();
 * const slots = [tf.scalar(0), tf.scalar(0)];
 * const first = direction(tf.scalar(-7), slots, tf.scalar(1));
 * ok(Math.abs(first.direction.dataSync()[0]! + 1) < 1e-4);
 * ```
 *
 * Reference: D. Kingma, J. Ba, 2014, arXiv 1412.6980, algorithm 1; I. Loshchilov,
 * F. Hutter, 2017, arXiv 1711.05101, algorithm 2.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  for (const [name, value] of Object.entries({ beta1, beta2 })) {
    if (!(value >= 0 && value < 1)) {
      throw new RangeError(`${name} must be in [0, 1), got ${value}`);
    }
  }
  if (!(epsilon > 0)) {
    throw new RangeError(`epsilon must be > 0, got ${epsilon}`);
  }
  return optimizer("adam", { beta1, beta2, epsilon }, options, {
    slots: ["mean", "meanSquare"],
    direction(gradient, [mean, meanSquare], step) {
      const m = tf.add(tf.mul(mean!, beta1), tf.mul(gradient, 1 - beta1));
      const s = tf.add(
        tf.mul(meanSquare!, beta2),
        tf.mul(tf.square(gradient), 1 - beta2),
      );
      const correct = (beta: number) => tf.sub(1, tf.pow(beta, step));
      const root = tf.add(tf.sqrt(tf.div(s, correct(beta2))), epsilon);
      return {
        direction: tf.div(tf.div(m, correct(beta1)), root),
        slots: [m, s],
      };
    },
  });
}
