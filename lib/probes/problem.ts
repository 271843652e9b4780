/**
 * What is probed: an objective, its data and its weights, and how they are
 * evaluated.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Precision } from "../runtime/compile.ts";
import { float64 } from "../runtime/float64.ts";
import { currentTensorFlowBackend } from "../runtime/state.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { show } from "../text/show.ts";
import type { Batch, Objective } from "../training/objective.ts";
import type { ResidentSplit } from "../training/resident_data.ts";
import { checkCount } from "./check.ts";
import {
  flattenParameters,
  type ParameterLayout,
  parameterLayout,
  type ParameterValues,
  trainedSlices,
} from "./parameter_layout.ts";

/**
 * Which statistics batch normalisation uses at a point:
 * - `frozen`: those of the weights that are probed;
 * - `interpolated`: those of the point, as a line between two models mixes them;
 *   a variance below 0 counts as 0;
 * - `recalibrated`: means of the batches' own over the calibration data, made anew
 *   at each point, as Garipov et al. do;
 * - `batch`: each batch's own, as in training (without dropout).
 */
export type Normalisation =
  | "frozen"
  | "interpolated"
  | "recalibrated"
  | "batch";

const normalisations: readonly string[] = [
  "frozen",
  "interpolated",
  "recalibrated",
  "batch",
] satisfies Normalisation[];

/** What is probed, and how. */
export interface ProbeOptions {
  /** The loss. */
  readonly objective: Objective;
  /** The examples, all of which are used in their order; the caller keeps them. */
  readonly data: ResidentSplit;
  /**
   * The weights, statistics included: one array a parameter in order, or by name, as
   * a run's `parameters`.
   */
  readonly weights: ParameterValues;
  /** Examples at a time: speed and memory, not the result. @default {250} */
  readonly batchSize?: number;
  /** The arithmetic. @default {"float64" on the tensorflow backend, else "float32"} */
  readonly precision?: "float32" | "float64";
  /** Statistics of batch normalisation. @default {"frozen"} */
  readonly normalisation?: Normalisation;
  /** What `recalibrated` statistics are made from. @default {the data} */
  readonly calibration?: ResidentSplit;
}

/** {@linkcode ProbeOptions}, checked, and what follows from them. */
export interface Problem extends Required<Omit<ProbeOptions, "weights">> {
  /** Where each parameter is in the vector. */
  readonly layout: ParameterLayout;
  /** The weights as one vector. */
  readonly weights: Float64Array;
}

/** Checks the options. */
export function problem(options: ProbeOptions): Problem {
  const { objective, data, batchSize = 250, normalisation = "frozen" } =
    options;
  const precision = options.precision ??
    (currentTensorFlowBackend() ? "float64" : "float32");
  checkCount("batchSize", batchSize);
  if (!["float32", "float64"].includes(precision)) {
    throw new RangeError(
      `precision must be "float32" or "float64", got ${show(precision)}`,
    );
  }
  if (precision === "float64" && !currentTensorFlowBackend()) {
    throw new RangeError(
      `precision float64 needs the tensorflow backend, but ${tf.getBackend()} is in use`,
    );
  }
  if (!normalisations.includes(normalisation)) {
    throw new RangeError(
      `normalisation must be ${normalisations.join(", ")}, got ${
        show(normalisation)
      }`,
    );
  }
  if (!(data.count > 0)) {
    throw new RangeError("data must have at least one example");
  }
  const layout = parameterLayout(objective.parameters);
  const weights = flattenParameters(layout, options.weights);
  for (const { name, offset, size } of layout.slices) {
    if (!weights.subarray(offset, offset + size).every(Number.isFinite)) {
      throw new RangeError(
        `weights must be finite, got NaN or infinity in ${name}`,
      );
    }
  }
  return {
    objective,
    data,
    batchSize,
    precision,
    normalisation,
    calibration: options.calibration ?? data,
    layout,
    weights,
  };
}

/** Refuses a vector that is not one of the problem's. */
export function checkVector(
  name: string,
  { layout }: Pick<Problem, "layout">,
  vector: Float64Array,
): void {
  if (vector.length !== layout.size) {
    throw new TypeError(
      `${name} must have ${layout.size} numbers, got ${vector.length}`,
    );
  }
}

/** A vector as a tensor of the precision. The caller disposes it. */
export function vectorTensor(
  values: Float64Array,
  precision: Precision,
): Tensor {
  return precision === "float64"
    ? float64(values)
    : tf.tensor1d(Float32Array.from(values));
}

/** The parameters in a vector, in the objective's order. */
export function parametersIn(
  { slices }: ParameterLayout,
  vector: Tensor,
): Tensor[] {
  return slices.map(({ offset, size, shape }) =>
    tf.reshape(tf.slice(vector, [offset], [size]), [...shape])
  );
}

/** Gradients of trained parameters as a vector, zero for statistics. */
export function gradientVector(
  layout: ParameterLayout,
  gradients: readonly Tensor[],
): Tensor {
  let at = 0;
  return tf.concat(
    layout.slices.map(({ role, size }) =>
      role === "statistic"
        ? tf.zeros([size])
        : tf.reshape(gradients[at++]!, [size])
    ),
  );
}

/**
 * The loss of a batch as a function of the trained parameters.
 *
 * @param all All parameters, whose statistics are used.
 */
export function batchLoss(
  { objective, layout, normalisation }: Problem,
  all: readonly Tensor[],
  batch: Batch,
): { loss: (...trained: Tensor[]) => tf.Scalar; trained: Tensor[] } {
  const mode = normalisation === "batch"
    ? { training: true, dropout: false }
    : { training: false };
  const isTrained = layout.slices.map(({ role }) => role !== "statistic");
  return {
    trained: all.filter((_, i) => isTrained[i]),
    loss(...trained) {
      let at = 0;
      const parameters = all.map((p, i) => isTrained[i] ? trained[at++]! : p);
      return objective.loss(parameters, batch, mode).loss as tf.Scalar;
    },
  };
}

/** Which numbers of the vector are trained: 1, else 0. */
export function trainedMask(layout: ParameterLayout): Uint8Array {
  const mask = new Uint8Array(layout.size);
  for (const { offset, size } of trainedSlices(layout)) {
    mask.fill(1, offset, offset + size);
  }
  return mask;
}
