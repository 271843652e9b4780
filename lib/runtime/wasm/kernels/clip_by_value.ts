import * as tf from "@tensorflow/tfjs";
import { composedKernel, type Kernel } from "../../kernels/mod.ts";

/**
 * `min(max(x, clipValueMin), clipValueMax)`. NaN stays NaN; the package's kernel
 * makes `clipValueMin` of it, which would hide that a run diverged.
 */
export const clipByValue: Kernel = composedKernel(
  tf.ClipByValue,
  (
    { x }: { x: tf.Tensor },
    { clipValueMin, clipValueMax }: tf.ClipByValueAttrs,
  ) => {
    const least = tf.scalar(clipValueMin, x.dtype);
    const greatest = tf.scalar(clipValueMax, x.dtype);
    return tf.minimum(tf.maximum(x, least), greatest);
  },
);
