/**
 * Kernels that end with an activation, taken apart so that it is a kernel of its own.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";

/** Products and convolutions that may end with an activation. */
export const fusedKernels: readonly string[] = [
  tf._FusedMatMul,
  tf.FusedConv2D,
  tf.FusedDepthwiseConv2D,
];

/** What a kernel is given. */
type Options = Parameters<tf.KernelFunc>[0];

/** Activations with kinks, by the names that these kernels give them. */
const activations: Readonly<
  Record<string, (x: Tensor, options: Options) => Tensor>
> = {
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  leakyrelu: (x, { attrs }) => tf.leakyRelu(x, Number(attrs?.leakyreluAlpha)),
  prelu: (x, { inputs }) =>
    tf.prelu(x, inputs.preluActivationWeights as Tensor),
};

/** A kernel that leaves an activation with kinks to the activation's own kernel. */
export function unfused(upstream: tf.KernelFunc): tf.KernelFunc {
  return (options) => {
    const { attrs = {} } = options;
    const name = String(attrs.activation);
    const apply = Object.hasOwn(activations, name)
      ? activations[name]
      : undefined;
    if (apply === undefined) return upstream(options);
    return tf.tidy(() => {
      const plain = upstream({
        ...options,
        attrs: { ...attrs, activation: "linear" },
      }) as tf.TensorInfo;
      // The tensorflow backend's kernels make tensors themselves.
      const x = plain instanceof tf.Tensor
        ? plain
        : tf.engine().makeTensorFromTensorInfo(plain);
      return apply(x, options);
    });
  };
}
