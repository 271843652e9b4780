/**
 * Sharpness-aware minimisation: gradients from the worst place near by.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "../models/network.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { show } from "../text/show.ts";

/**
 * How far from the weights gradients are taken.
 *
 * The step is the optimizer's, whichever it is, with ∇L(θ + e) in place of ∇L(θ); the
 * batch, the dropout mask and the loss in the records are those of θ. SAM:
 * e = ρ·g / ‖g‖; ASAM: e = ρ·T²·g / ‖T·g‖ with T = |θ| + 0.01 for each number of kernels
 * and scales, and 1 for others. It doubles the cost: six forward passes a step.
 *
 * Reference: P. Foret, A. Kleiner, H. Mobahi, B. Neyshabur, 2020, arXiv 2010.01412,
 * algorithm 1; J. Kwon, J. Kim, H. Park, I. K. Choi, 2021, arXiv 2102.11600,
 * algorithm 1.
 */
export interface Sharpness {
  /** ρ, > 0. */
  readonly radius: number;
  /** Whether the radius is relative to the weights: ASAM. @default {false} */
  readonly adaptive?: boolean;
}

/** Added to |θ| in ASAM, as its authors do. */
const LEAST_WEIGHT = 0.01;

/**
 * Checks options.
 *
 * @throws {TypeError | RangeError} If they are not a radius over 0 and a flag.
 */
export function checkSharpness({ radius, adaptive }: Sharpness): void {
  if (typeof radius !== "number") {
    throw new TypeError(
      `sharpness.radius must be a number, got ${show(radius)}`,
    );
  }
  if (!(radius > 0 && radius < Infinity)) {
    throw new RangeError(`sharpness.radius must be > 0, got ${radius}`);
  }
  if (adaptive !== undefined && typeof adaptive !== "boolean") {
    throw new TypeError(
      `sharpness.adaptive must be true or false, got ${show(adaptive)}`,
    );
  }
}

/**
 * The place where the loss rises most, to first order: θ + e.
 *
 * @param sharpness The radius, and how it is measured.
 * @param specs What the parameters are.
 * @param parameters θ.
 * @param gradients ∇L(θ).
 */
export function worstNear(
  { radius, adaptive = false }: Sharpness,
  specs: readonly ParameterSpec[],
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
): Tensor[] {
  const sizes = parameters.map((p, i) =>
    adaptive && ["kernel", "scale"].includes(specs[i]!.role)
      ? tf.add(tf.abs(p), LEAST_WEIGHT)
      : undefined
  );
  const scaled = gradients.map((g, i) => sizes[i] ? tf.mul(g, sizes[i]!) : g);
  const length = tf.sqrt(tf.addN(scaled.map((g) => tf.sum(tf.square(g)))));
  const factor = tf.divNoNan(tf.scalar(radius), length);
  return parameters.map((p, i) => {
    const rise = sizes[i] ? tf.mul(scaled[i]!, sizes[i]!) : scaled[i]!;
    return tf.add(p, tf.mul(rise, factor));
  });
}
