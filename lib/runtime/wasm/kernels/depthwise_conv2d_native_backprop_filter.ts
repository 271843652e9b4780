import * as tf from "@tensorflow/tfjs";
import { composedKernel, type Kernel } from "../../kernels/mod.ts";
import { reachedInput } from "../spatial.ts";

interface Inputs {
  x: tf.Tensor4D;
  dy: tf.Tensor4D;
}

/**
 * The gradient of a depthwise convolution by its filter,
 * `∂f/∂W[i,j,c,m] = Σ x[n, s·p + d·i, s·q + d·j, c] · dy[n,p,q,c,m]` over examples n
 * and positions p, q, where m counts the outputs of a channel. That is a depthwise
 * convolution again, of all examples' channels side by side, with dy as the filter
 * and strides s and dilations d in each other's place; then the sum over examples.
 */
export const depthwiseConv2dNativeBackpropFilter: Kernel = composedKernel(
  tf.DepthwiseConv2dNativeBackpropFilter,
  (
    { x, dy }: Inputs,
    attributes: tf.DepthwiseConv2dNativeBackpropFilterAttrs,
  ) => {
    const { strides, dilations, pad, dimRoundingMode, filterShape } =
      attributes;
    const convolution = tf.backend_util.computeConv2DInfo(
      x.shape,
      filterShape,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      true,
    );
    const { batchSize, outHeight, outWidth } = convolution;
    const [height, width, channels, multiplier] = filterShape;
    const input = reachedInput(x, convolution);
    const gradients = tf.depthwiseConv2d(
      tf.reshape(tf.transpose(input, [1, 2, 0, 3]), [
        1,
        input.shape[1],
        input.shape[2],
        batchSize * channels,
      ]) as tf.Tensor4D,
      tf.reshape(tf.transpose(dy, [1, 2, 0, 3]), [
        outHeight,
        outWidth,
        batchSize * channels,
        multiplier,
      ]) as tf.Tensor4D,
      [convolution.dilationHeight, convolution.dilationWidth],
      "valid",
      "NHWC",
      [convolution.strideHeight, convolution.strideWidth],
    );
    return tf.sum(
      tf.reshape(gradients, [height, width, batchSize, channels, multiplier]),
      2,
    );
  },
);
