/**
 * Objectives: a loss as a pure function of parameters and a batch.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Network, ParameterSpec } from "../models/network.ts";
import { Purpose, randomStream } from "../random/stream.ts";

/** Examples and what they should give. */
export interface Batch {
  /** `[batch, ...shape]`. */
  inputs: tf.Tensor;
  /** int32 `[batch]` class indices, or float32 `[batch]` targets. */
  labels: tf.Tensor;
}

/** How a forward pass is done. */
export interface Mode {
  /** Batch statistics and dropout, or running statistics and none. */
  training: boolean;
  /** An int32 `[2]` seed for dropout. */
  seed?: tf.Tensor1D;
}

/** A loss over named parameters. */
export interface Objective {
  /** For records, such as `resnet-20-basic-16`. */
  readonly name: string;
  /** The parameters, statistics included, in order. */
  readonly parameters: readonly ParameterSpec[];
  /**
   * The mean loss of a batch (a scalar), and the running statistics after it.
   */
  loss(
    parameters: readonly tf.Tensor[],
    batch: Batch,
    mode: Mode,
  ): { loss: tf.Tensor; statistics: tf.Tensor[] };
  /**
   * The loss and the error of each example of a batch, two float32 `[batch]`: the
   * error is 1 for a wrong class, or the squared difference of a regression.
   */
  evaluate(
    parameters: readonly tf.Tensor[],
    batch: Batch,
  ): { losses: tf.Tensor; errors: tf.Tensor };
}

/**
 * Initial values of an objective's parameters.
 *
 * @param seed The run's seed; each parameter draws from a stream of its own.
 * @returns One array a parameter.
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

/** Cross-entropy of each example, from logits `[batch, classes]` and class indices. */
function crossEntropies(logits: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  const classes = logits.shape[1]!;
  const chosen = tf.oneHot(labels as tf.Tensor1D, classes);
  return tf.neg(
    tf.sum(tf.mul(tf.logSoftmax(logits), tf.cast(chosen, "float32")), 1),
  );
}

/**
 * Classification with softmax cross-entropy: loss = −mean log softmax(logits)[label].
 *
 * @param network A network whose outputs are logits, one a class.
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
export function classification(network: Network): Objective {
  return {
    name: network.name,
    parameters: network.parameters,
    loss(parameters, { inputs, labels }, mode) {
      const { output, statistics } = network.apply(parameters, inputs, mode);
      return { loss: tf.mean(crossEntropies(output, labels)), statistics };
    },
    evaluate(parameters, { inputs, labels }) {
      const { output } = network.apply(parameters, inputs, { training: false });
      return {
        losses: crossEntropies(output, labels),
        errors: tf.cast(tf.notEqual(tf.argMax(output, 1), labels), "float32"),
      };
    },
  };
}

/**
 * Least squares: loss = mean (output − target)² / 2.
 *
 * @param network A network with one output.
 */
export function regression(network: Network): Objective {
  const squares = (output: tf.Tensor, labels: tf.Tensor) =>
    tf.square(tf.sub(tf.reshape(output, labels.shape), labels));
  return {
    name: network.name,
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
  };
}
