/**
 * The loss along the gradient of a batch, at given distances.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../runtime/compile.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";
import {
  type BatchOptions,
  drawnBatch,
  gradientsOf,
  trainedIndices,
} from "./batch_gradients.ts";
import { along, inner, withTrained } from "./line_step.ts";
import type { Telemetry } from "./telemetry.ts";

/** Options of {@linkcode lineProfile}. */
export interface LineProfileOptions {
  /** Steps between measurements, an integer ≥ 1. */
  readonly every: number;
  /** The step sizes η at which the loss is looked at, finite; at least one. */
  readonly rates: readonly number[];
}

/** The name under which the loss at a step size is recorded. */
export function lossAt(rate: number): string {
  return `loss at ${rate}`;
}

/**
 * Measures f(η) = L(θ − ηg) on a step's own batch, with g the unweighted gradient of
 * the batch at the parameters θ, with the step's dropout, augmentation and batch
 * statistics.
 *
 * Records get `gradientSquared` (g·g = −f′(0)), and for each η of `rates` f(η) as
 * `loss at η`.
 *
 * @param options How often, and where.
 * @returns Telemetry for `train`.
 * @throws {RangeError} If `every` is no integer ≥ 1, or a rate is not finite, or there
 * is none.
 *
 * @example L = w²/2 for one weight and no bias to speak of: f(1) is 0 or more
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { lineProfile } from "./line_profile.ts";
 * import { regression } from "./objective.ts";
 * import { residentData } from "./resident_data.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const split = { count: 1, inputs: Float32Array.of(1), labels: Float32Array.of(0) };
 * const data = residentData({ name: "a point", shape: [1], train: split });
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const measure = lineProfile({ every: 1, rates: [0, 0.25, 0.5] })
 *   .prepare({ objective, data, batchSize: 1, augment: false });
 * const parameters = [tf.tensor2d([[4]]), tf.tensor1d([0])];
 * const found = await measure.of(parameters, Int32Array.of(0, 0, 0));
 * // Of kernel and bias: g = (4, 4), f(η) = (4 − 8η)² / 2.
 * deepStrictEqual(found, {
 *   gradientSquared: 32,
 *   "loss at 0": 8,
 *   "loss at 0.25": 2,
 *   "loss at 0.5": 0,
 * });
 * measure.dispose();
 * tf.dispose(parameters);
 * data.dispose();
 * ```
 */
export function lineProfile(
  { every, rates }: LineProfileOptions,
): Telemetry {
  checkInteger("every", every, 1);
  if (rates.length === 0 || !rates.every(Number.isFinite)) {
    throw new RangeError(`rates must be finite numbers, got ${show(rates)}`);
  }
  return {
    spec: { kind: "lineProfile", every, rates: [...rates] },
    every,
    prepare({ objective, batchSize, augment, data: { train } }) {
      const data = { inputs: train.inputs, labels: train.labels };
      const options: BatchOptions = { objective, batchSize, augment };
      const compiled = compile(
        (source: typeof data, parameters: readonly Tensor[], draw: Tensor1D) =>
          profile(options, source, parameters, draw, rates),
      );
      return {
        of(parameters, draw) {
          const packed = tf.tensor1d(draw, "int32");
          const result = compiled(data, parameters, packed);
          const [gradientSquared, ...losses] = result.dataSync();
          tf.dispose([result, packed]);
          return Object.fromEntries([
            ["gradientSquared", gradientSquared!],
            ...rates.map((rate, i) => [lossAt(rate), losses[i]!]),
          ]);
        },
        dispose: () => compiled.dispose(),
      };
    },
  };
}

/** float32 `[1 + rates]`: g·g, and the loss at each rate. */
function profile(
  options: BatchOptions,
  data: { inputs: Tensor; labels: Tensor },
  parameters: readonly Tensor[],
  draw: Tensor1D,
  rates: readonly number[],
): Tensor {
  const { objective, batchSize, augment } = options;
  const drawn = drawnBatch(data, draw, batchSize, augment);
  const { gradients } = gradientsOf(objective, drawn, parameters);
  const here = trainedIndices(objective).map((at) => parameters[at]!);
  const losses = rates.map((rate) => {
    const there = along(here, gradients, tf.scalar(rate));
    const all = withTrained({ objective }, parameters, there);
    const mode = { training: true, seed: drawn.seed };
    return objective.loss(all, drawn.batch, mode).loss;
  });
  return tf.stack([inner(gradients, gradients), ...losses]);
}
