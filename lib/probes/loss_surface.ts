/**
 * The loss over a whole data set as a function of the weights, with its gradient.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../runtime/compile.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Batch } from "../training/objective.ts";
import { gather, type ResidentSplit } from "../training/resident_data.ts";
import type { ProbeControl } from "./control.ts";
import type { ParameterLayout } from "./parameter_layout.ts";
import { type BatchFunction, overBatches } from "./over_batches.ts";
import {
  batchLoss,
  checkVector,
  gradientVector,
  parametersIn,
  type ProbeOptions,
  type Problem,
  problem,
} from "./problem.ts";
import { batchStatistics, statisticsOf } from "./statistics.ts";

/** Means over a data set. */
export interface SurfaceValue {
  /** The mean loss. */
  readonly loss: number;
  /** The mean error: the share of wrong classes, or the mean squared error. */
  readonly error: number;
}

/** The loss as a function of the weights. */
export interface LossSurface {
  /** Where each parameter is in the vector of the weights. */
  readonly layout: ParameterLayout;
  /** The weights that are probed, as one vector; do not write to it. */
  readonly weights: Float64Array;
  /** What it was made of, defaults filled in. */
  readonly problem: Problem;
  /** Loss and error at a point, a vector of all weights. */
  evaluate(point: Float64Array, control?: ProbeControl): Promise<SurfaceValue>;
  /**
   * The same at several points, in one call a batch: faster for small networks,
   * for the memory of them all.
   */
  evaluateAll(
    points: readonly Float64Array[],
    control?: ProbeControl,
  ): Promise<SurfaceValue[]>;
  /** The mean loss and its gradient, which is 0 for statistics. */
  gradient(
    point: Float64Array,
    control?: ProbeControl,
  ): Promise<{ loss: number; gradient: Float64Array }>;
  /** Frees the compiled functions. */
  dispose(): void;
}

/** A loss surface whose compiled functions serve other data too. */
export interface SharedSurface extends LossSurface {
  /**
   * The loss over other data, by the same compiled functions: they are freed with
   * either.
   *
   * @param data The examples; the caller keeps them.
   */
  over(data: ResidentSplit): LossSurface;
}

/** Losses and errors of a batch, `[2, batch]`. */
function examples(given: Problem, vector: Tensor, batch: Batch): Tensor {
  const parameters = parametersIn(given.layout, vector);
  if (given.normalisation === "batch") {
    const found = batchStatistics(given, parameters, batch);
    let at = 0;
    given.layout.slices.forEach(({ role }, i) => {
      if (role === "statistic") parameters[i] = found[at++]!;
    });
  }
  const { losses, errors } = given.objective.evaluate(parameters, batch);
  return tf.stack([losses, errors]);
}

/**
 * The mean loss over a data set as a function of the weights.
 *
 * L(w) = (1/n) Σᵢ ℓ(w; xᵢ, yᵢ), in the data's order, without dropout or
 * augmentation. What examples and batches give is added up in double precision,
 * each batch with its number of examples as weight, so the batch size does not
 * matter beyond rounding. The objective is a pure function: no weights of a model
 * are touched, whatever happens.
 *
 * @param options What is probed, and how.
 * @returns The surface; dispose it when done.
 * @throws {TypeError} If weights or points do not fit the objective.
 * @throws {RangeError} If an option is out of range or a weight not finite.
 *
 * @example ½ mean (2w − 4)² at w = 3, and its slope (2·3 − 4)·2
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[2]]), labels: tf.tensor1d([4]) };
 * const surface = lossSurface({ objective, data, weights: [[3], [0]] });
 * const { loss, gradient } = await surface.gradient(surface.weights);
 * deepStrictEqual([loss, ...gradient], [2, 4, 2]);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 */
export function lossSurface(options: ProbeOptions): SharedSurface {
  const given = problem(options);
  const { layout, weights, precision } = given;
  const values = compile<BatchFunction>(
    ({ inputs, labels }, indices, ...points) => {
      const batch = gather(inputs, labels, indices);
      return tf.stack(points.map((point) => examples(given, point, batch)));
    },
    { precision },
  );
  const gradients = compile<BatchFunction>(
    ({ inputs, labels }, indices, point) => {
      const batch = gather(inputs, labels, indices);
      const all = parametersIn(layout, point!);
      const { loss, trained } = batchLoss(given, all, batch);
      const { value, grads } = tf.valueAndGrads(loss)(trained);
      const gradient = gradientVector(layout, grads);
      return tf.concat([tf.reshape(value, [1]), gradient]);
    },
    { precision },
  );
  const statistics = statisticsOf(given);

  async function evaluateAll(
    data: ResidentSplit,
    points: readonly Float64Array[],
    control: ProbeControl = {},
  ): Promise<SurfaceValue[]> {
    if (points.length === 0) return [];
    const sums = points.map(() => ({ loss: 0, error: 0 }));
    const vectors: Float64Array[] = [];
    for (const point of points) {
      checkVector("a point", given, point);
      vectors.push(await statistics.at(point, control));
    }
    await overBatches(
      given,
      data,
      vectors,
      values,
      control,
      (numbers, length) => {
        sums.forEach((sum, p) => {
          for (let i = 0; i < length; i++) {
            sum.loss += numbers[2 * p * length + i]!;
            sum.error += numbers[(2 * p + 1) * length + i]!;
          }
        });
      },
    );
    return sums.map(({ loss, error }) => ({
      loss: loss / data.count,
      error: error / data.count,
    }));
  }

  const over = (data: ResidentSplit): LossSurface => ({
    layout,
    weights,
    problem: { ...given, data },
    evaluateAll: (points, control) => evaluateAll(data, points, control),
    evaluate: async (point, control) =>
      (await evaluateAll(data, [point], control))[0]!,
    async gradient(point, control = {}) {
      checkVector("a point", given, point);
      const sum = new Float64Array(1 + layout.size);
      await overBatches(
        given,
        data,
        [await statistics.at(point, control)],
        gradients,
        control,
        (numbers, length) => {
          const share = length / data.count;
          for (let i = 0; i < sum.length; i++) {
            sum[i] = sum[i]! + share * numbers[i]!;
          }
        },
      );
      return { loss: sum[0]!, gradient: sum.slice(1) };
    },
    dispose() {
      for (const compiled of [values, gradients, statistics]) {
        compiled.dispose();
      }
    },
  });
  return { ...over(given.data), over };
}
