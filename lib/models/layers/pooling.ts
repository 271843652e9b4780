/**
 * Pooling layers.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkSize, imageShape, outputLength } from "../check.ts";
import type { LayerFactory } from "../network.ts";

/** Options of {@linkcode pool}. */
export interface PoolOptions {
  /** The largest value of a window, or the mean. */
  kind: "max" | "average";
  /** Height and width of the window. */
  size: number;
  /** Step between windows. */
  stride: number;
  /** As for convolutions. @default {"valid"} */
  padding?: "same" | "valid";
}

/**
 * Maximum or mean over windows of `[batch, height, width, channels]`.
 *
 * @throws {RangeError} If an option is out of range; the factory, if the input is
 * too small.
 */
export function pool(options: PoolOptions): LayerFactory {
  const { kind, size, stride, padding = "valid" } = options;
  checkSize("size", size);
  checkSize("stride", stride);
  return (inputShape) => {
    const [height, width, channels] = imageShape(inputShape);
    const length = (n: number) => outputLength(n, { size, stride, padding });
    const reduce = kind === "max" ? tf.maxPool : tf.avgPool;
    return {
      outputShape: [length(height), length(width), channels],
      parameters: [],
      apply: (_, input) => reduce(input as tf.Tensor4D, size, stride, padding),
      toLayers: (input, place) => {
        const options = { poolSize: size, strides: stride, padding };
        return place(
          kind === "max"
            ? tf.layers.maxPooling2d(options)
            : tf.layers.averagePooling2d(options),
          input,
        );
      },
    };
  };
}

/** The mean over height and width: one value a channel. */
export function globalAveragePool(): LayerFactory {
  return (inputShape) => ({
    outputShape: [imageShape(inputShape)[2]],
    parameters: [],
    apply: (_, input) => tf.mean(input, [1, 2]),
    toLayers: (input, place) =>
      place(tf.layers.globalAveragePooling2d({}), input),
  });
}
