/**
 * Some of a split's examples.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor1D } from "../../runtime/tensor.ts";
import { gather, type ResidentSplit } from "../../training/resident_data.ts";

/**
 * Examples at equal distances through a split, at most as many as there are. The
 * caller disposes the tensors.
 */
export function everyNth(
  { count, inputs, labels }: ResidentSplit,
  wanted: number,
): ResidentSplit {
  const taken = Math.min(count, wanted);
  return tf.tidy(() => {
    const indices = Int32Array.from(
      { length: taken },
      (_, i) => Math.floor(i * count / taken),
    );
    const batch = gather(inputs, labels, tf.tensor1d(indices) as Tensor1D);
    return { count: taken, ...batch } as unknown as tf.TensorContainerObject;
  }) as unknown as ResidentSplit;
}
