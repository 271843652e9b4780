/**
 * DoG: step sizes by the distance from the start over the gradients so far.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import type { OptimizerFactory } from "./define.ts";
import {
  begun,
  defineWholeOptimizer,
  inner,
  type WholeDecayOptions,
} from "./whole.ts";
import { over0 } from "./whole_fields.ts";

/** Options of {@linkcode distanceOverGradients} and {@linkcode layerwiseDistanceOverGradients}. */
export interface DistanceOverGradientsOptions extends WholeDecayOptions {
  /** rε, > 0: the first distance is rε·(1 + ‖θ₀‖). @default {1e-6} */
  readonly relativeStart?: number;
  /** Added to the sum of squares, > 0. @default {1e-8} */
  readonly epsilon?: number;
}

const fields = {
  relativeStart: over0("the first distance over 1 + ‖θ₀‖, rε", 1e-6),
  epsilon: over0("what is added to the sum of squares, ε", 1e-8),
};

/** The greatest distance so far, the sum of squares so far, and the step size. */
function rateOf(
  { relativeStart, epsilon }: {
    readonly relativeStart: number;
    readonly epsilon: number;
  },
  parameters: readonly Tensor[],
  gradients: readonly Tensor[],
  starts: readonly Tensor[],
  [farthest, sum]: readonly [Tensor, Tensor],
  first: Tensor,
): { distance: Tensor; squares: Tensor; rate: Tensor } {
  const away = parameters.map((p, i) => tf.sub(p, starts[i]!));
  const least = tf.mul(
    tf.add(1, tf.sqrt(inner(starts, starts))),
    relativeStart,
  );
  const distance = tf.maximum(
    begun(farthest, first, least),
    tf.sqrt(inner(away, away)),
  );
  const squares = tf.add(sum, inner(gradients, gradients));
  const rate = tf.div(distance, tf.sqrt(tf.add(squares, epsilon)));
  return { distance, squares, rate };
}

/**
 * DoG: θ ← θ − η·r̄ / √(G + ε)·g, with r̄ the greatest distance ‖θ − θ₀‖ so far (at least
 * rε·(1 + ‖θ₀‖)) and G the sum of g·g so far, this step included.
 *
 * η is the learning rate, a factor: 1. The authors evaluate averaged weights: train with
 * `averaging`. Slots: θ₀; for all: r̄, G.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { distanceOverGradients } from "./distance_over_gradients.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(distanceOverGradients().whole!.shared, ["distance", "squares"]);
 * ```
 *
 * Reference: M. Ivgi, O. Hinder, Y. Carmon, 2023, arXiv 2302.12022, equation 1.
 */
export const distanceOverGradients: OptimizerFactory<
  DistanceOverGradientsOptions
> = defineWholeOptimizer({
  kind: "distanceOverGradients",
  summary:
    "Step sizes by the distance from the start over the gradients so far.",
  formula: "θ ← θ − η·r̄ / √(G + ε)·g",
  fields,
  slots: ["start"],
  shared: ["distance", "squares"],
  step(options, { parameters, gradients, slots, shared, ...rest }) {
    const { learningRate, first } = rest;
    const starts = parameters.map((p, i) => begun(slots[i]![0]!, first, p));
    const { distance, squares, rate } = rateOf(
      options,
      parameters,
      gradients,
      starts,
      [shared[0]!, shared[1]!],
      first,
    );
    const eta = tf.mul(learningRate, rate);
    return {
      parameters: parameters.map((p, i) =>
        tf.sub(p, tf.mul(eta, gradients[i]!))
      ),
      slots: starts.map((start) => [start]),
      shared: [distance, squares],
    };
  },
});

/**
 * LDoG: {@linkcode distanceOverGradients} for each parameter tensor by itself, with a
 * distance and a sum of its own.
 *
 * Slots: θ₀, and r̄ and G, each in all places of a tensor of the parameter's shape.
 *
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { layerwiseDistanceOverGradients } from "./distance_over_gradients.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { spec } = layerwiseDistanceOverGradients({ relativeStart: 1e-4 });
 * strictEqual(spec.epsilon, 1e-8);
 * ```
 *
 * Reference: M. Ivgi, O. Hinder, Y. Carmon, 2023, arXiv 2302.12022, section 4.1.
 */
export const layerwiseDistanceOverGradients: OptimizerFactory<
  DistanceOverGradientsOptions
> = defineWholeOptimizer({
  kind: "layerwiseDistanceOverGradients",
  summary: "DoG for each parameter tensor by itself.",
  formula: "θⱼ ← θⱼ − η·r̄ⱼ / √(Gⱼ + ε)·gⱼ",
  fields,
  slots: ["start", "distance", "squares"],
  shared: [],
  step(options, { parameters, gradients, slots, learningRate, first }) {
    const stepped = parameters.map((p, i) => {
      const [kept, distances, sums] = slots[i] as [Tensor, Tensor, Tensor];
      const start = begun(kept, first, p);
      const { distance, squares, rate } = rateOf(
        options,
        [p],
        [gradients[i]!],
        [start],
        [tf.max(distances), tf.max(sums)],
        first,
      );
      return {
        parameter: tf.sub(p, tf.mul(tf.mul(learningRate, rate), gradients[i]!)),
        slots: [
          start,
          tf.mul(tf.onesLike(p), distance),
          tf.mul(tf.onesLike(p), squares),
        ],
      };
    });
    return {
      parameters: stepped.map(({ parameter }) => parameter),
      slots: stepped.map(({ slots }) => slots),
      shared: [],
    };
  },
});
