/**
 * Objectives: a loss as a pure function of parameters and a batch.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Network, ParameterSpec } from "../models/network.ts";
import { Purpose, randomStream } from "../random/stream.ts";
import { softmaxCrossEntropy } from "../runtime/softmax_cross_entropy.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import { checkInteger } from "../text/check_integer.ts";

/** Examples and what they should give. */
export interface Batch {
  /** `[batch, ...shape]`. */
  inputs: Tensor;
  /**
   * int32 `[batch]` class indices, or float32 `[batch]` targets; `[batch,
   * ...labelShape]` where a label is an image.
   */
  labels: Tensor;
}

/** How a forward pass is done. */
export interface Mode {
  /** Batch statistics and dropout, or running statistics and none. */
  training: boolean;
  /** An int32 `[2]` seed for dropout. */
  seed?: Tensor1D;
  /**
   * In training: whether the statistics that are returned are the batch's own, not
   * running ones that it moved.
   *
   * @default {false}
   */
  batchStatistics?: boolean;
  /**
   * In training: whether layers drop values.
   *
   * @default {true}
   */
  dropout?: boolean;
}

/** A loss over named parameters. */
export interface Objective {
  /** Everything that decides what it computes, as plain JSON. */
  readonly spec: unknown;
  /** The parameters, statistics included, in order. */
  readonly parameters: readonly ParameterSpec[];
  /**
   * The mean loss of a batch (a scalar), and the running statistics after it.
   */
  loss(
    parameters: readonly Tensor[],
    batch: Batch,
    mode: Mode,
  ): { loss: Tensor; statistics: Tensor[] };
  /**
   * The gradients of a batch where they are not the derivatives of one loss: one a
   * trained parameter, in order. @default {the derivatives of the loss}
   */
  gradients?(
    parameters: readonly Tensor[],
    batch: Batch,
    mode: Mode,
  ): { loss: Tensor; gradients: Tensor[]; statistics: Tensor[] };
  /**
   * The loss and the error of each example of a batch, two float32 `[batch]`: the
   * error is 1 for a wrong class, or the squared difference of a regression. `sums`
   * are numbers `[n]` of the batch that add up over a split, for `measure`.
   */
  evaluate(
    parameters: readonly Tensor[],
    batch: Batch,
  ): { losses: Tensor; errors: Tensor; sums?: Tensor };
  /**
   * What a whole split comes to beside means of losses and errors, by name.
   *
   * @param sums Those of its batches, added up in double precision.
   * @param count The number of examples.
   */
  measure?(sums: Float64Array, count: number): Record<string, number>;
  /**
   * What it makes of inputs `[batch, ...shape]`: classes of pixels, or images. The
   * caller disposes it.
   */
  predict?(parameters: readonly Tensor[], inputs: Tensor): Tensor;
  /** The most examples that are evaluated at a time. @default {250} */
  readonly evaluatedAtATime?: number;
  /** What the loss is a function of, for Gauss–Newton products. */
  readonly head?: ObjectiveHead;
}

/** The outputs of a network, and how the loss curves in them. */
export interface ObjectiveHead {
  /**
   * `softmax`: cross-entropy of logits; `leastSquares`: half the squared distance.
   */
  readonly kind: "softmax" | "leastSquares";
  /** The outputs `[batch, outputs]`, with running statistics and no dropout. */
  outputs(parameters: readonly Tensor[], inputs: Tensor): Tensor;
}

/** The head of a network. */
function headOf(network: Network, kind: ObjectiveHead["kind"]): ObjectiveHead {
  return {
    kind,
    outputs: (parameters, inputs) =>
      network.apply(parameters, inputs, { training: false }).output,
  };
}

/**
 * Initial values of an objective's parameters.
 *
 * @param objective The objective.
 * @param seed The run's seed; each parameter draws from a stream of its own.
 * @returns One array a parameter.
 *
 * @example Kernels of a layer of four inputs are within ±1/√4, biases 0
 * ```ts
 * import { mlp } from "../models/mlp.ts";
 * import { classification, initialValues } from "./objective.ts";
 * import { deepStrictEqual, ok } from "node:assert";
 *
 * const objective = classification(mlp({ inputShape: [4], outputs: 2 }));
 * const [kernel, bias] = initialValues(objective, 7);
 * ok(kernel!.every((x) => Math.abs(x) <= 0.5));
 * deepStrictEqual(bias, new Float32Array(2));
 * ```
 */
export function initialValues(
  { parameters }: Objective,
  seed: number,
): Float32Array[] {
  return parameters.map((parameter, i) => {
    const values = new Float32Array(
      parameter.shape.reduce((product, size) => product * size, 1),
    );
    parameter.initialise(values, randomStream(seed, Purpose.initialisation, i));
    return values;
  });
}

/** Options of {@linkcode classification}. */
export interface ClassificationOptions {
  /**
   * k: evaluations also measure `topError`, the share of examples whose class is not
   * among the k highest outputs; an integer ≥ 1. @default {not measured}
   */
  top?: number;
}

/**
 * Classification with softmax cross-entropy: loss = −mean log softmax(logits)[label].
 *
 * @param network A network whose outputs are logits, one a class.
 * @param options What is measured beside loss and error.
 * @throws {RangeError} If `top` is out of range.
 *
 * @example Before training, ten classes cost about ln 10 each
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { classification, initialValues } from "./objective.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = classification(mlp({ inputShape: [4], outputs: 10 }));
 * const parameters = initialValues(objective, 0).map((values, i) =>
 *   tf.tensor(values, [...objective.parameters[i]!.shape])
 * );
 * const batch = { inputs: tf.zeros([2, 4]), labels: tf.tensor1d([3, 7], "int32") };
 * const { loss } = objective.loss(parameters, batch, { training: false });
 * ok(Math.abs(loss.dataSync()[0]! - Math.log(10)) < 1e-6);
 * tf.dispose([parameters, batch.inputs, batch.labels, loss]);
 * ```
 */
export function classification(
  network: Network,
  { top }: ClassificationOptions = {},
): Objective {
  if (top !== undefined) checkInteger("top", top, 1);
  return {
    spec: {
      kind: "classification",
      network: network.spec,
      ...top === undefined ? {} : { top },
    },
    parameters: network.parameters,
    loss(parameters, { inputs, labels }, mode) {
      const { output, statistics } = network.apply(parameters, inputs, mode);
      return {
        loss: tf.mean(softmaxCrossEntropy(labels as Tensor1D, output)),
        statistics,
      };
    },
    evaluate(parameters, { inputs, labels }) {
      const { output } = network.apply(parameters, inputs, { training: false });
      return {
        losses: softmaxCrossEntropy(labels as Tensor1D, output),
        errors: tf.cast(tf.notEqual(tf.argMax(output, 1), labels), "float32"),
        ...top === undefined
          ? {}
          : { sums: missed(output, labels as Tensor1D, top) },
      };
    },
    ...top === undefined ? {} : {
      measure: ([sum], count) => ({ topError: sum! / count }),
    },
    head: headOf(network, "softmax"),
  };
}

/** How many examples' classes are not among the k highest outputs, `[1]`. */
function missed(outputs: Tensor, labels: Tensor1D, top: number): Tensor {
  const own = tf.sum(
    tf.mul(outputs, tf.oneHot(labels, outputs.shape[1]!)),
    1,
    true,
  );
  // Not `greater`: where outputs are not numbers, nothing is found.
  const others = tf.sum(tf.cast(tf.lessEqual(outputs, own), "int32"), 1);
  const most = Math.max(outputs.shape[1]! - top, 0);
  return tf.reshape(
    tf.sum(tf.cast(tf.lessEqual(others, most), "float32")),
    [1],
  );
}

/**
 * Least squares: loss = mean (output − target)² / 2; the error of an example is
 * (output − target)².
 *
 * @param network A network with one output.
 *
 * @example An output of 3 for a target of 1
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "./objective.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const parameters = [tf.tensor2d([[3]]), tf.tensor1d([0])];
 * const batch = { inputs: tf.tensor2d([[1]]), labels: tf.tensor1d([1]) };
 * const { loss } = objective.loss(parameters, batch, { training: true });
 * strictEqual(loss.dataSync()[0], 2);
 * ```
 */
export function regression(network: Network): Objective {
  const squares = (output: Tensor, labels: Tensor) =>
    tf.square(tf.sub(tf.reshape(output, labels.shape), labels));
  return {
    spec: { kind: "regression", network: network.spec },
    parameters: network.parameters,
    loss(parameters, { inputs, labels }, mode) {
      const { output, statistics } = network.apply(parameters, inputs, mode);
      return {
        loss: tf.mul(tf.mean(squares(output, labels)), 0.5),
        statistics,
      };
    },
    evaluate(parameters, { inputs, labels }) {
      const { output } = network.apply(parameters, inputs, { training: false });
      const errors = squares(output, labels);
      return { losses: tf.mul(errors, 0.5), errors };
    },
    head: headOf(network, "leastSquares"),
  };
}
