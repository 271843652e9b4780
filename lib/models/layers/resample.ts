/**
 * Images made smaller or larger by fixed weights.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { checkSize, imageShape } from "../check.ts";
import type { LayerFactory } from "../network.ts";

/** How much of each old pixel is in each new one, along one axis: `[new][old]`. */
export type AxisWeights = readonly (readonly number[])[];

/**
 * Weights of means over n windows that cover an axis: window i is from ⌊i·m/n⌋ up to
 * ⌈(i + 1)·m/n⌉, so windows overlap where n does not divide m.
 *
 * @param from m, the length of the axis.
 * @param to n, the number of windows.
 */
export function meanWeights(from: number, to: number): AxisWeights {
  return Array.from({ length: to }, (_, i) => {
    const first = Math.floor(i * from / to);
    const end = Math.ceil((i + 1) * from / to);
    return Array.from(
      { length: from },
      (_, j) => j >= first && j < end ? 1 / (end - first) : 0,
    );
  });
}

/**
 * Weights of linear interpolation: new pixel i is at (i + ½)·m/n − ½ between old
 * ones; beyond the outermost, it equals them.
 *
 * @param from m, the old length of the axis.
 * @param to n, the new one.
 */
export function linearWeights(from: number, to: number): AxisWeights {
  return Array.from({ length: to }, (_, i) => {
    const place = Math.min(
      Math.max((i + 0.5) * from / to - 0.5, 0),
      from - 1,
    );
    return Array.from(
      { length: from },
      (_, j) => Math.max(0, 1 - Math.abs(place - j)),
    );
  });
}

/** Weighs axis 0: `[old, …]` becomes `[new, …]`. */
function weigh(weights: AxisWeights, input: Tensor): Tensor {
  const [length, ...others] = input.shape;
  const rows = tf.reshape(input, [length!, -1]);
  const matrix = tf.tensor2d(weights.map((row) => [...row]));
  return tf.reshape(tf.matMul(matrix, rows), [weights.length, ...others]);
}

/**
 * Height and width weighed, each as its weights say. It is composed of matrix
 * products, which every backend can differentiate.
 */
function resample(
  weights: (from: number, to: number) => AxisWeights,
  height: number,
  width: number,
): LayerFactory {
  checkSize("height", height);
  checkSize("width", width);
  return (inputShape) => {
    const [fromHeight, fromWidth, channels] = imageShape(inputShape);
    const down = weights(fromHeight, height);
    const across = weights(fromWidth, width);
    return {
      outputShape: [height, width, channels],
      parameters: [],
      apply(_, input) {
        // [batch, y, x, channel] → [y, batch, x, channel] → [x, batch, y, channel]
        const rows = weigh(down, tf.transpose(input, [1, 0, 2, 3]));
        const columns = weigh(across, tf.transpose(rows, [2, 1, 0, 3]));
        return tf.transpose(columns, [1, 2, 0, 3]);
      },
    };
  };
}

/**
 * Means over a grid of windows that cover the image ({@linkcode meanWeights}).
 *
 * @param size Windows along each axis.
 * @throws {RangeError} If the size is not an integer ≥ 1; the factory, if the input
 * is no image.
 */
export function adaptiveAveragePool(size: number): LayerFactory {
  return resample(meanWeights, size, size);
}

/**
 * The image stretched by bilinear interpolation ({@linkcode linearWeights}).
 *
 * @throws {RangeError} If a size is not an integer ≥ 1; the factory, if the input is
 * no image.
 */
export function bilinear(height: number, width: number): LayerFactory {
  return resample(linearWeights, height, width);
}
