/**
 * A class for every pixel.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { IGNORED_LABEL } from "../datasets/dataset.ts";
import type { Network } from "../models/network.ts";
import { softmaxCrossEntropy } from "../runtime/softmax_cross_entropy.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import { meanIntersectionOverUnion } from "./confusion.ts";
import { evaluatedAtATime } from "./evaluated_at_a_time.ts";
import type { Objective } from "./objective.ts";

/** The pixels of a batch in a row: what counts of them, and what they cost. */
function perPixel(labels: Tensor, output: Tensor, classes: number) {
  const all = tf.reshape(labels, [-1]) as Tensor1D;
  const counted = tf.cast(tf.notEqual(all, IGNORED_LABEL), "int32");
  const known = tf.mul(all, counted) as Tensor1D;
  const logits = tf.reshape(output, [-1, classes]);
  const weight = tf.cast(counted, "float32");
  const losses = tf.mul(softmaxCrossEntropy(known, logits), weight);
  return { known, logits, weight, losses };
}

/**
 * Segmentation with softmax cross-entropy: the loss of a batch is the mean of
 * −log softmax(logits)[label] over its pixels; those with the label 255
 * ({@linkcode IGNORED_LABEL}) count nowhere.
 *
 * The loss and the error of an example are means over its pixels (an error is a
 * wrong class). Over a split it measures `meanIntersectionOverUnion`, from the
 * confusion of all its pixels together, and `pixelAccuracy`.
 *
 * @param network A network whose outputs are logits `[height, width, classes]`.
 * @throws {TypeError} If it gives no such outputs.
 *
 * @example Ignored pixels cost nothing
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { network } from "../models/network.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { segmentation } from "./segmentation.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const same = network(
 *   "same",
 *   { kind: "same", inputShape: [1, 2, 2] },
 *   (shape) => ({ outputShape: shape, parameters: [], apply: (_, x) => x }),
 * );
 * const batch = {
 *   inputs: tf.tensor4d([0, 0, 9, -9], [1, 1, 2, 2]),
 *   labels: tf.tensor3d([1, 255], [1, 1, 2], "int32"),
 * };
 * const { loss } = segmentation(same).loss([], batch, { training: true });
 * ok(Math.abs(loss.dataSync()[0]! - Math.log(2)) < 1e-6);
 * tf.dispose([batch.inputs, batch.labels, loss]);
 * ```
 */
export function segmentation(network: Network): Objective {
  const { outputShape } = network;
  const [height = 0, width = 0, classes = 0] = outputShape;
  if (outputShape.length !== 3) {
    throw new TypeError(
      `a network for segmentation must give [height, width, classes], ${network.name} gives [${outputShape}]`,
    );
  }
  const predict: NonNullable<Objective["predict"]> = (parameters, inputs) => {
    const { output } = network.apply(parameters, inputs, { training: false });
    return tf.argMax(output, 3);
  };
  return {
    spec: { kind: "segmentation", network: network.spec },
    parameters: network.parameters,
    evaluatedAtATime: evaluatedAtATime(height, width),
    loss(parameters, { inputs, labels }, mode) {
      const { output, statistics } = network.apply(parameters, inputs, mode);
      const { losses, weight } = perPixel(labels, output, classes);
      return {
        loss: tf.div(tf.sum(losses), tf.maximum(tf.sum(weight), 1)),
        statistics,
      };
    },
    evaluate(parameters, { inputs, labels }) {
      const { output } = network.apply(parameters, inputs, { training: false });
      const { known, logits, weight, losses } = perPixel(
        labels,
        output,
        classes,
      );
      const found = tf.argMax(logits, 1);
      const wrong = tf.mul(
        tf.cast(tf.notEqual(found, known), "float32"),
        weight,
      );
      const ofExample = (values: Tensor) =>
        tf.sum(tf.reshape(values, [inputs.shape[0]!, -1]), 1);
      const pixels = tf.maximum(ofExample(weight), 1);
      const truth = tf.mul(
        tf.cast(tf.oneHot(known, classes), "float32"),
        tf.expandDims(weight, 1),
      );
      const chosen = tf.cast(tf.oneHot(found, classes), "float32");
      return {
        losses: tf.div(ofExample(losses), pixels),
        errors: tf.div(ofExample(wrong), pixels),
        // Counts up to 2²⁴ are exact in float32.
        sums: tf.reshape(tf.matMul(truth as tf.Tensor2D, chosen, true), [-1]),
      };
    },
    measure(confusion) {
      let right = 0, all = 0;
      confusion.forEach((pixels, at) => {
        all += pixels;
        if (at % (classes + 1) === 0) right += pixels;
      });
      return {
        meanIntersectionOverUnion: meanIntersectionOverUnion(
          confusion,
          classes,
        ),
        pixelAccuracy: right / all,
      };
    },
    predict,
  };
}
