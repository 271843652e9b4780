import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../../kernels/mod.ts";
import type { TensorFlowBackend } from "../backend.ts";

/**
 * TensorFlow's operation exists for float32 only: in a float64 function it is
 * composed. y = scale · (x − mean) / √(variance + ε) + offset.
 */
export const fusedBatchNorm: Kernel = {
  kernelName: tf.FusedBatchNorm,
  create: (upstream) => (options) => {
    const backend = options.backend as TensorFlowBackend;
    if (backend.recording?.precision !== "float64") return upstream(options);
    const { x, mean, variance, scale, offset } = options
      .inputs as unknown as Record<keyof tf.FusedBatchNormInputs, tf.Tensor>;
    const { varianceEpsilon } = options.attrs as unknown as {
      varianceEpsilon: number;
    };
    return tf.tidy(() => {
      const inverse = tf.rsqrt(tf.add(variance, varianceEpsilon));
      const factor = scale ? tf.mul(inverse, scale) : inverse;
      const scaled = tf.mul(tf.sub(x, mean), factor);
      return offset ? tf.add(scaled, offset) : scaled;
    });
  },
};
