import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../../kernels/mod.ts";

interface Attributes {
  transposeA: boolean;
  transposeB: boolean;
}

/** Swaps the last two axes. */
function transposed(matrices: tf.Tensor): tf.Tensor {
  const axes = [...matrices.shape.keys()];
  const last = axes.pop()!;
  return tf.transpose(matrices, [...axes.slice(0, -1), last, axes.at(-1)!]);
}

/** How many matrices a tensor holds. */
function matrixCount(matrices: tf.TensorInfo): number {
  return tf.util.sizeFromShape(matrices.shape.slice(0, -2));
}

/**
 * Matrix products. The package has a fast kernel for one product of two matrices
 * as they lie in memory, and a slow one (1 GFLOP/s, not 30) where a matrix is to
 * be transposed, as in every gradient of a dense layer: here it is transposed
 * first. Integers, which the package refuses, are multiplied as float32, which is
 * exact below 2²⁴.
 */
export const batchMatMul: Kernel = {
  kernelName: tf.BatchMatMul,
  create: (upstream) => (args) => {
    const { a, b } = args.inputs as { a: tf.Tensor; b: tf.Tensor };
    const { transposeA, transposeB } = args.attrs as unknown as Attributes;
    if (a.dtype !== "float32" || b.dtype !== "float32") {
      return tf.tidy(() =>
        tf.cast(
          tf.matMul(
            tf.cast(a, "float32"),
            tf.cast(b, "float32"),
            transposeA,
            transposeB,
          ),
          a.dtype,
        )
      );
    }
    if (
      (transposeA || transposeB) && matrixCount(a) === 1 && matrixCount(b) === 1
    ) {
      return tf.tidy(() =>
        tf.matMul(
          transposeA ? transposed(a) : a,
          transposeB ? transposed(b) : b,
        )
      );
    }
    return upstream(args);
  },
};
