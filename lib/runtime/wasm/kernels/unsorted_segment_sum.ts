import * as tf from "@tensorflow/tfjs";
import { composedKernel, type Kernel } from "../../kernels/mod.ts";

interface Inputs {
  x: tf.Tensor;
  segmentIds: tf.Tensor1D;
}

/**
 * Sums the rows of `x` that carry the same segment id: the gradient of
 * `tf.gather`, so of an embedding. Rows whose id is not in [0, numSegments) are
 * left out.
 */
export const unsortedSegmentSum: Kernel = composedKernel(
  tf.UnsortedSegmentSum,
  ({ x, segmentIds }: Inputs, { numSegments }: tf.UnsortedSegmentSumAttrs) => {
    const rowShape = x.shape.slice(segmentIds.rank);
    const rows = tf.reshape(x, [segmentIds.size, ...rowShape]);
    const inRange = tf.logicalAnd(
      tf.greaterEqual(segmentIds, 0),
      tf.less(segmentIds, numSegments),
    );
    // One more segment takes what is left out: scattering there checks no bounds.
    const ids = tf.where(
      inRange,
      segmentIds,
      tf.fill(segmentIds.shape, numSegments, "int32"),
    );
    const sums = tf.scatterND(tf.reshape(ids, [-1, 1]), rows, [
      numSegments + 1,
      ...rowShape,
    ]);
    return tf.slice(sums, 0, numSegments);
  },
);
