/**
 * Losses for TensorFlow.js layers models, by the names that `model.compile` takes.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { softmaxCrossEntropy } from "../../runtime/softmax_cross_entropy.ts";
import type { Tensor, Tensor1D } from "../../runtime/tensor.ts";
import { didYouMean } from "../../text/nearest.ts";
import { show } from "../../text/show.ts";

/**
 * The name of a loss. Labels are class indices for both kinds of
 * `categoricalCrossentropy`, which take probabilities, and for
 * `softmaxCrossEntropy`, which takes logits.
 */
export type LossName =
  | "categoricalCrossentropy"
  | "sparseCategoricalCrossentropy"
  | "softmaxCrossEntropy"
  | "binaryCrossentropy"
  | "meanSquaredError"
  | "meanAbsoluteError";

/** A loss, and an error, of each example. */
export interface ExampleLoss {
  /**
   * The loss of each example, `[batch]`.
   *
   * @param labels int32 `[batch]` class indices, or float32 `[batch]` targets.
   * @param outputs What the model gives, `[batch, …]`.
   */
  losses(labels: Tensor, outputs: Tensor): Tensor;
  /** The error of each example, `[batch]`, for evaluations. */
  errors(labels: Tensor, outputs: Tensor): Tensor;
}

/** 1 where the largest output is not the label's. */
function wrongClass(labels: Tensor, outputs: Tensor): Tensor {
  return tf.cast(tf.notEqual(tf.argMax(outputs, -1), labels), "float32");
}

/** Squared differences, averaged over the outputs of an example. */
function squares(labels: Tensor, outputs: Tensor): Tensor {
  return tf.metrics.meanSquaredError(like(outputs, labels), outputs);
}

/** Labels in the shape of the outputs. */
function like({ shape }: Tensor, labels: Tensor): Tensor {
  return tf.cast(tf.reshape(labels, shape), "float32");
}

const crossEntropy: ExampleLoss = {
  losses: (labels, outputs) =>
    tf.metrics.categoricalCrossentropy(
      tf.oneHot(labels as Tensor1D, outputs.shape.at(-1)!),
      outputs,
    ),
  errors: wrongClass,
};

const losses: Readonly<Record<LossName, ExampleLoss>> = {
  categoricalCrossentropy: crossEntropy,
  sparseCategoricalCrossentropy: crossEntropy,
  softmaxCrossEntropy: {
    losses: (labels, outputs) =>
      softmaxCrossEntropy(labels as Tensor1D, outputs as tf.Tensor2D),
    errors: wrongClass,
  },
  binaryCrossentropy: {
    losses: (labels, outputs) =>
      tf.metrics.binaryCrossentropy(like(outputs, labels), outputs),
    errors: (labels, outputs) =>
      tf.abs(tf.sub(
        tf.cast(tf.greater(tf.reshape(outputs, labels.shape), 0.5), "float32"),
        tf.cast(labels, "float32"),
      )),
  },
  meanSquaredError: { losses: squares, errors: squares },
  meanAbsoluteError: {
    losses: (labels, outputs) =>
      tf.metrics.meanAbsoluteError(like(outputs, labels), outputs),
    errors: squares,
  },
};

/**
 * The loss of a name.
 *
 * @throws {RangeError} If there is none.
 */
export function lossOf(name: LossName): ExampleLoss {
  if (!Object.hasOwn(losses, name)) {
    const names = Object.keys(losses);
    throw new RangeError(
      `loss must be ${names.join(", ")}, got ${show(name)}${
        didYouMean(name, names)
      }`,
    );
  }
  return losses[name];
}
