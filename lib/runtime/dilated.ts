/**
 * Convolutions with dilations.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "./tensor.ts";

/** What is added before and after the pixels of an axis. */
export type Around = readonly [before: number, after: number];

/**
 * A convolution with dilations and strides of 1, by convolutions without: of every so
 * many pixels, put together again. TensorFlow.js has no gradient of the other way.
 *
 * @param x `[batch, …sizes, channels]`.
 * @param dilations One for each size.
 * @param around The zeros around each axis.
 * @param convolve The same convolution without dilations, of what is given to it alone.
 */
export function dilated(
  x: Tensor,
  dilations: readonly number[],
  around: readonly Around[],
  convolve: (apart: Tensor) => Tensor,
): Tensor {
  const rest = dilations.map((every, axis) => {
    const [before, after] = around[axis]!;
    const whole = x.shape[1 + axis]! + before + after;
    return (every - whole % every) % every;
  });
  const pads = around.map(([before, after], axis) => [
    before,
    after + rest[axis]!,
  ]);
  const apart = tf.spaceToBatchND(x, [...dilations], pads);
  return tf.batchToSpaceND(
    convolve(apart),
    [...dilations],
    rest.map((n) => [0, n]),
  );
}
