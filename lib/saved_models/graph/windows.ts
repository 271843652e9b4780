/**
 * Windows that move over images, channels last.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { checkShape } from "./limits.ts";

/** A pair of numbers, one an axis of an image: height, then width. */
export type Pair = readonly [number, number];

/** How windows move over an image. */
export interface Windows {
  /** Steps. */
  readonly strides: Pair;
  /** Distances within a window. */
  readonly dilations: Pair;
  /** What is added around: TensorFlow's rule, or before and after each axis. */
  readonly padding: "same" | "valid" | readonly [Pair, Pair];
}

/** Padding that keeps ⌈size/stride⌉ outputs, more of it after than before. */
export function samePadding(
  size: number,
  stride: number,
  window: number,
): Pair {
  const outputs = Math.ceil(size / stride);
  const total = Math.max(0, (outputs - 1) * stride + window - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** An image with what is added around it, and what is left to the operation. */
export function padded(
  x: Tensor,
  { padding, strides, dilations }: Windows,
  size: Pair,
  value: number,
): { image: tf.Tensor4D; rest: "same" | "valid" } {
  const image = x as tf.Tensor4D;
  checkImage(x, strides, dilations, size);
  if (typeof padding === "string") return { image, rest: padding };
  const isSame = padding.every(([before, after], axis) => {
    const window = (size[axis]! - 1) * dilations[axis]! + 1;
    const same = samePadding(image.shape[1 + axis]!, strides[axis]!, window);
    return before === same[0] && after === same[1];
  });
  if (isSame) return { image, rest: "same" };
  return { image: addedAround(image, padding, value), rest: "valid" };
}

/** An image with a number added around it. */
export function addedAround(
  image: tf.Tensor4D,
  padding: readonly [Pair, Pair],
  value: number,
): tf.Tensor4D {
  if (padding.every(([before, after]) => before === 0 && after === 0)) {
    return image;
  }
  const around: [number, number][] = [
    [0, 0],
    [...padding[0]],
    [...padding[1]],
    [0, 0],
  ];
  if (around.some(([a, b]) => !(a >= 0 && b >= 0))) {
    throw new SyntaxError(`padding of ${around.flat()} is not read`);
  }
  checkShape(image.shape.map((n, i) => n + around[i]![0] + around[i]![1]));
  return tf.pad(image, around, value);
}

/** Refuses what is no image, and windows that are none. */
export function checkImage(
  x: Tensor,
  strides: Pair,
  dilations: Pair,
  size: Pair,
) {
  if (x.rank !== 4) {
    throw new SyntaxError(`its input has ${x.rank} axes, expected 4`);
  }
  const isPositive = [...strides, ...dilations, ...size].every((n) =>
    Number.isSafeInteger(n) && n > 0
  );
  if (!isPositive) {
    throw new SyntaxError(
      `windows of [${size}], strides [${strides}] and dilations [${dilations}] are not read`,
    );
  }
}
