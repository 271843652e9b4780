import * as tf from "@tensorflow/tfjs";
import { composedKernel, type Kernel } from "../../kernels/mod.ts";
import { reachedInput, requireChannelsLast } from "../spatial.ts";

interface Inputs {
  x: tf.Tensor4D;
  dy: tf.Tensor4D;
}

/**
 * The gradient of a convolution by its filter,
 * `∂f/∂W[i,j,c,o] = Σ x[n, s·p + i, s·q + j, c] · dy[n,p,q,o]` over examples n and
 * positions p, q. That is a convolution again: examples take the place of
 * channels, channels that of examples, dy that of the filter, and the strides s
 * that of dilations.
 */
export const conv2DBackpropFilter: Kernel = composedKernel(
  tf.Conv2DBackpropFilter,
  ({ x, dy }: Inputs, attributes: tf.Conv2DBackpropFilterAttrs) => {
    const { strides, pad, dimRoundingMode, filterShape } = attributes;
    requireChannelsLast(tf.Conv2DBackpropFilter, attributes.dataFormat);
    const convolution = tf.backend_util.computeConv2DInfo(
      x.shape,
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const gradient = tf.conv2d(
      tf.transpose(reachedInput(x, convolution), [3, 1, 2, 0]),
      tf.transpose(dy, [1, 2, 0, 3]),
      1,
      "valid",
      "NHWC",
      [convolution.strideHeight, convolution.strideWidth],
    );
    return tf.transpose(gradient, [1, 2, 0, 3]);
  },
);
