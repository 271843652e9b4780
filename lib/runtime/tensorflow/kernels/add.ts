import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../../kernels/mod.ts";
import { AttributeType } from "../attributes.ts";
import { execute, float32 } from "./execute.ts";

/** Whether `bias` adds one number to each channel (the last axis) of `x`. */
function isBias(x: tf.TensorInfo, bias: tf.TensorInfo): boolean {
  const { shape } = bias;
  return x.shape.length >= 2 && shape.length >= 1 &&
    shape.length <= x.shape.length &&
    shape.at(-1) === x.shape.at(-1) &&
    shape.slice(0, -1).every((size) => size === 1) &&
    x.shape.slice(0, -1).some((size) => size > 1);
}

/**
 * Adds a bias by `BiasAdd`, which TensorFlow fuses with the convolution or matrix
 * product before it and the rectifier after it.
 */
export const add: Kernel = {
  kernelName: tf.Add,
  create: (upstream) => (args) => {
    const { a, b } = args.inputs as Record<"a" | "b", tf.TensorInfo>;
    const reversed = isBias(b, a);
    const applies = (reversed || isBias(a, b)) &&
      a.dtype === "float32" && b.dtype === "float32";
    if (!applies) return upstream(args);
    const [x, bias] = reversed ? [b, a] : [a, b];
    const layout = {
      name: "data_format",
      type: AttributeType.string,
      value: "NHWC",
    };
    return tf.tidy(() => {
      const flat = bias.shape.length === 1
        ? bias
        : tf.reshape(bias as tf.Tensor, [-1]);
      return execute(args.backend, "BiasAdd", [float32, layout], [x, flat]);
    });
  },
};
