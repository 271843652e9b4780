/**
 * Exponential moving averages, as optimizers keep them.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import type { Current } from "./define.ts";

/** 1 − x. */
export function complement(x: Current): Current {
  return typeof x === "number" ? 1 - x : tf.sub(1, x);
}

/** keep·old + (1 − keep)·next. */
export function mix(old: Tensor, next: Tensor, keep: Current): Tensor {
  return tf.add(tf.mul(old, keep), tf.mul(next, complement(keep)));
}
