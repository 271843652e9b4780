import * as tf from "@tensorflow/tfjs";
import { composedKernel, type Kernel } from "../../kernels/mod.ts";
import { spreadGradient } from "../spatial.ts";

interface Inputs {
  dy: tf.Tensor4D;
  filter: tf.Tensor4D;
}

/**
 * The gradient of a depthwise convolution by its input: for each of the m outputs
 * per channel, a depthwise convolution of that output's gradient, spread by the
 * strides, with its filter turned around; their sum.
 */
export const depthwiseConv2dNativeBackpropInput: Kernel = composedKernel(
  tf.DepthwiseConv2dNativeBackpropInput,
  (
    { dy, filter }: Inputs,
    attributes: tf.DepthwiseConv2dNativeBackpropInputAttrs,
  ) => {
    const { strides, dilations, pad, dimRoundingMode, inputShape } = attributes;
    const convolution = tf.backend_util.computeConv2DInfo(
      inputShape,
      filter.shape,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      true,
    );
    const [filterHeight, filterWidth, channels, multiplier] = filter.shape;
    const turned = tf.reverse(filter, [0, 1]);
    const byOutput = tf.reshape(dy, [-1, channels, multiplier]);
    const shape: [number, number, number, number] = [
      convolution.batchSize,
      convolution.outHeight,
      convolution.outWidth,
      channels,
    ];
    const parts = Array.from(
      { length: multiplier },
      (_, m) =>
        tf.depthwiseConv2d(
          spreadGradient(
            tf.reshape(
              tf.slice(byOutput, [0, 0, m], [-1, channels, 1]),
              shape,
            ) as tf.Tensor4D,
            convolution,
          ),
          tf.slice(turned, [0, 0, 0, m], [
            filterHeight,
            filterWidth,
            channels,
            1,
          ]),
          1,
          "valid",
          "NHWC",
          [convolution.dilationHeight, convolution.dilationWidth],
        ),
    );
    return tf.addN(parts);
  },
);
