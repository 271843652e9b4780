import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "./kernel.ts";

/**
 * Rounding. Integers are round as they are; libtensorflow 2.17 to 2.21 makes zeros
 * of them (github.com/tensorflow/tensorflow/issues/112212).
 */
export const round: Kernel = {
  kernelName: tf.Round,
  create: (upstream) => (args) => {
    const x = args.inputs.x as tf.Tensor;
    return x.dtype === "int32" ? tf.tidy(() => tf.clone(x)) : upstream(args);
  },
};
