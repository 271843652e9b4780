import * as tf from "@tensorflow/tfjs";
import { ReluGrad, type ReluGradInputs } from "../kernels/relu_grad.ts";

/**
 * The gradient of the rectifier from its output y, which is positive where the
 * input is: by `ReluGrad` on the tensorflow backend, in one operation where
 * TensorFlow.js takes eight; elsewhere by `dy · step(y)` as ever. That the input
 * is not needed lets TensorFlow fuse the rectifier with what comes before it.
 * Where y is NaN, `ReluGrad` gives 0.
 */
export const reluGradient: tf.GradConfig = {
  kernelName: tf.Relu,
  outputsToSave: [true],
  gradFunc: (dy, [y]) => ({
    x: () =>
      tf.getBackend() === "tensorflow"
        ? reluGrad(dy as tf.Tensor, y!)
        : tf.mul(dy as tf.Tensor, tf.step(y!)),
  }),
};

/** The gradient of that gradient, linear in dy. */
export const reluGradGradient: tf.GradConfig = {
  kernelName: ReluGrad,
  inputsToSave: ["y"],
  gradFunc: (ddx, [y]) => ({
    dy: () => reluGrad(ddx as tf.Tensor, y!),
    y: () => tf.zerosLike(y!),
  }),
};

function reluGrad(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const inputs = { dy, y } satisfies ReluGradInputs;
  return tf.engine().runKernel(ReluGrad, inputs) as tf.Tensor;
}
