import type * as tf from "@tensorflow/tfjs";
import type { Kernel } from "../../kernels/mod.ts";
import { execute, float32 } from "./execute.ts";

/** The name of {@linkcode reluGrad}. */
export const ReluGrad = "ReluGrad";

/** Its inputs: the gradient of the output, and the output. */
export interface ReluGradInputs {
  dy: tf.TensorInfo;
  y: tf.TensorInfo;
}

/** The gradient of the rectifier, `dy` where `y > 0` and else 0. */
export const reluGrad: Kernel = {
  kernelName: ReluGrad,
  create: () => ({ inputs, backend }) => {
    const { dy, y } = inputs as unknown as ReluGradInputs;
    return execute(backend, ReluGrad, [float32], [dy, y]);
  },
};
