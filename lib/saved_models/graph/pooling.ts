/**
 * Pooling, channels last.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import {
  addedAround,
  checkImage,
  padded,
  type Pair,
  type Windows,
} from "./windows.ts";

/** Less than any number in an image, and finite. */
const LOWEST = -3e38;

/** The largest number of each window. */
export function maxPool(x: Tensor, size: Pair, windows: Windows): Tensor {
  const { image, rest } = padded(x, windows, size, LOWEST);
  checkDilations(windows);
  return tf.maxPool(image, [...size], [...windows.strides], rest);
}

/**
 * The mean of each window.
 *
 * @param countsPadding Whether zeros that were added around count.
 */
export function avgPool(
  x: Tensor,
  size: Pair,
  windows: Windows,
  countsPadding = false,
): Tensor {
  checkDilations(windows);
  const { padding } = windows;
  const pool = (image: tf.Tensor4D, rest: "same" | "valid") =>
    tf.avgPool(image, [...size], [...windows.strides], rest);
  if (typeof padding !== "string" && countsPadding) {
    checkImage(x, windows.strides, windows.dilations, size);
    return pool(addedAround(x as tf.Tensor4D, padding, 0), "valid");
  }
  const { image, rest } = padded(x, windows, size, 0);
  if (typeof padding === "string" || rest === "same" || image === x) {
    return pool(image, rest);
  }
  const ones = tf.ones([1, x.shape[1]!, x.shape[2]!, 1]) as tf.Tensor4D;
  const share = pool(addedAround(ones, padding, 0), "valid");
  return tf.div(pool(image, "valid"), share);
}

function checkDilations({ dilations }: Windows): void {
  if (dilations.some((n) => n !== 1)) {
    throw new SyntaxError(`dilations of [${dilations}] are not read`);
  }
}
