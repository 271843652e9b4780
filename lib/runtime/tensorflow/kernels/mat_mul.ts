import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../../kernels/mod.ts";
import { AttributeType } from "../attributes.ts";
import { execute, float32 } from "./execute.ts";

/**
 * Products of two matrices by `MatMul`, where the package always takes
 * `BatchMatMulV2`: small ones are 2 to 4 times faster, and TensorFlow fuses the
 * bias and the rectifier that follow.
 */
export const matMul: Kernel = {
  kernelName: tf.BatchMatMul,
  create: (upstream) => (args) => {
    const { a, b } = args.inputs as Record<"a" | "b", tf.TensorInfo>;
    const { transposeA, transposeB } = args
      .attrs as unknown as tf.BatchMatMulAttrs;
    const applies = a.shape.length === 2 && b.shape.length === 2 &&
      a.dtype === "float32" && b.dtype === "float32";
    if (!applies) return upstream(args);
    const flag = (name: string, value: boolean) => ({
      name,
      type: AttributeType.bool,
      value,
    });
    return execute(args.backend, "MatMul", [
      float32,
      flag("transpose_a", transposeA),
      flag("transpose_b", transposeB),
    ], [a, b]);
  },
};
