/**
 * A pass over the data, batch by batch.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { ResidentSplit } from "../training/resident_data.ts";
import { type ProbeControl, repeat } from "./control.ts";
import { type Problem, vectorTensor } from "./problem.ts";

/** What a batch gives, as a function of vectors of all parameters. */
export type BatchFunction = (
  data: { inputs: Tensor; labels: Tensor },
  indices: Tensor1D,
  ...vectors: Tensor[]
) => Tensor;

/**
 * Calls a compiled function on each batch of the data, in order; the last one may
 * be smaller.
 *
 * @param use Told the values and the number of examples.
 */
export async function overBatches(
  { precision, batchSize }: Problem,
  { count, inputs, labels }: ResidentSplit,
  vectors: readonly Float64Array[],
  compiled: BatchFunction,
  control: ProbeControl,
  use: (values: Float32Array | Float64Array, length: number) => void,
): Promise<void> {
  const tensors = vectors.map((vector) => vectorTensor(vector, precision));
  try {
    const batches = Math.ceil(count / batchSize);
    await repeat(batches, "batches", control, (i) => {
      const start = i * batchSize;
      const length = Math.min(batchSize, count - start);
      const indices = tf.range(start, start + length, 1, "int32");
      try {
        const result = compiled({ inputs, labels }, indices, ...tensors);
        use(result.dataSync() as Float32Array | Float64Array, length);
        result.dispose();
      } finally {
        indices.dispose();
      }
    });
  } finally {
    tf.dispose(tensors);
  }
}
