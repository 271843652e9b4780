/**
 * Gradient clipping.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import { number, optional } from "../schedules/field.ts";
import { readFields } from "../schedules/record.ts";

/** How gradients are clipped: each component first, then the whole. */
export interface ClipOptions {
  /** The largest size of a component, over 0. @default {no limit} */
  readonly value?: number;
  /** The largest norm of all gradients together, over 0. @default {no limit} */
  readonly norm?: number;
}

const fields = {
  value: optional(
    number({ description: "the largest size of a component", above: 0 }),
  ),
  norm: optional(
    number({ description: "the largest norm of all gradients", above: 0 }),
  ),
};

/**
 * Checks options of clipping.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 */
export function checkClip(options: ClipOptions): void {
  readFields("clip", fields, options, "clip");
}

/**
 * Clips gradients by value, gᵢ ← min(max(gᵢ, −v), v), then by their global norm,
 * g ← g·c / max(‖g‖, c), ‖g‖ = √(Σᵢ gᵢ²) over all gradients together.
 *
 * @param gradients The gradients of all parameters; the caller still owns them.
 * @param options The limits v and c; one that is missing does nothing.
 * @returns New tensors, or those given where nothing is to be done.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example A gradient of length 5, cut to length 1
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { clipGradients } from "./clip.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const [a, b] = clipGradients([tf.scalar(3), tf.scalar(-4)], { norm: 1 });
 * ok(Math.abs(a!.dataSync()[0]! - 0.6) < 1e-6);
 * ok(Math.abs(b!.dataSync()[0]! + 0.8) < 1e-6);
 * ```
 *
 * Reference: R. Pascanu, T. Mikolov, Y. Bengio, 2012, arXiv 1211.5063, algorithm 1.
 *
 * Differs from PyTorch: nothing is added to the norm that is divided by.
 */
export function clipGradients(
  gradients: readonly Tensor[],
  options: ClipOptions,
): readonly Tensor[] {
  checkClip(options);
  const { value, norm } = options;
  const bounded = value === undefined
    ? gradients
    : gradients.map((g) => tf.clipByValue(g, -value, value));
  if (norm === undefined) return bounded;
  const squares = bounded.map((g) => tf.sum(tf.square(g)));
  const length = tf.sqrt(tf.addN(squares));
  const factor = tf.div(norm, tf.maximum(length, norm));
  return bounded.map((g) => tf.mul(g, factor));
}
