/**
 * Normalisation of each example by itself.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { imageShape } from "../check.ts";
import { constant } from "../initialisers.ts";
import type { LayerFactory } from "../network.ts";

/** Added to the variance. */
const EPSILON = 1e-5;

/**
 * (x − mean) / √(variance + 1e-5) · scale + offset, per example and channel, mean
 * and variance over the image: what batch normalisation does to batches of one.
 * There are no running statistics; testing does as training does.
 *
 * Reference: D. Ulyanov, A. Vedaldi, V. Lempitsky, 2016, arXiv 1607.08022.
 */
export function instanceNormalisation(): LayerFactory {
  return (inputShape) => {
    const [, , channels] = imageShape(inputShape);
    return {
      outputShape: inputShape,
      parameters: [
        {
          name: "scale",
          shape: [channels],
          role: "scale",
          filterAxis: 0,
          initialise: constant(1),
        },
        {
          name: "offset",
          shape: [channels],
          role: "offset",
          filterAxis: 0,
          initialise: constant(0),
        },
      ],
      apply([scale, offset], input) {
        const centred = tf.sub(input, tf.mean(input, [1, 2], true));
        const variance = tf.mean(tf.square(centred), [1, 2], true);
        const factor = tf.mul(tf.rsqrt(tf.add(variance, EPSILON)), scale!);
        return tf.add(tf.mul(centred, factor), offset!);
      },
    };
  };
}
