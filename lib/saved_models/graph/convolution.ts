/**
 * Convolutions, channels last.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { dilated } from "../../runtime/dilated.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { checkShape, countProducts, sizeOf } from "./limits.ts";
import {
  checkImage,
  padded,
  type Pair,
  samePadding,
  type Windows,
} from "./windows.ts";

/**
 * A convolution.
 *
 * @param x `[batch, height, width, channels]`.
 * @param kernel `[height, width, channels/groups, filters]`.
 * @param groups Into how many parts channels and filters are divided.
 */
export function convolution(
  x: Tensor,
  kernel: Tensor,
  windows: Windows,
  groups = 1,
): Tensor {
  const { strides, dilations } = windows;
  if (dilations.some((n) => n !== 1) && strides.every((n) => n === 1)) {
    return dilatedConvolution(x, kernel, windows, groups);
  }
  const [height = 0, width = 0, taken = 0, filters = 0] = kernel.shape;
  const { image, rest } = padded(x, windows, [height, width], 0);
  const channels = image.shape[3];
  const isDivided = Number.isSafeInteger(groups) && groups > 0 &&
    filters % groups === 0 && taken * groups === channels;
  if (kernel.rank !== 4 || !isDivided) {
    throw new SyntaxError(
      `a kernel [${kernel.shape}] in ${groups} groups does not fit ${channels} channels`,
    );
  }
  checkShape([...image.shape.slice(0, 3), filters]);
  countProducts(sizeOf(image.shape.slice(0, 3)) * sizeOf(kernel.shape));
  const steps: [number, number] = [...strides];
  const apart: [number, number] = [...dilations];
  if (groups === 1) {
    const whole = kernel as tf.Tensor4D;
    return tf.conv2d(image, whole, steps, rest, "NHWC", apart);
  }
  if (taken === 1) {
    const own = tf.reshape(kernel, [height, width, channels, filters / groups]);
    return tf.depthwiseConv2d(
      image,
      own as tf.Tensor4D,
      steps,
      rest,
      "NHWC",
      apart,
    );
  }
  const images = tf.split(image, groups, 3) as tf.Tensor4D[];
  const kernels = tf.split(kernel, groups, 3) as tf.Tensor4D[];
  return tf.concat(
    images.map((part, i) =>
      tf.conv2d(part, kernels[i]!, steps, rest, "NHWC", apart)
    ),
    3,
  );
}

/** A convolution with dilations that has a gradient. */
function dilatedConvolution(
  x: Tensor,
  kernel: Tensor,
  { dilations, padding, strides }: Windows,
  groups: number,
): Tensor {
  const size = kernel.shape.slice(0, 2) as [number, number];
  checkImage(x, strides, dilations, size);
  const around = ([0, 1] as const).map((axis): Pair => {
    if (typeof padding !== "string") return padding[axis];
    const window = (size[axis] - 1) * dilations[axis] + 1;
    return padding === "same"
      ? samePadding(x.shape[1 + axis]!, 1, window)
      : [0, 0];
  });
  // With as much as may be added for rows and columns to divide.
  checkShape(x.shape.map((n, i) => {
    const [before, after] = around[i - 1] ?? [0, 0];
    return n + before + after + (dilations[i - 1] ?? 1) - 1;
  }));
  const plain: Windows = { strides, dilations: [1, 1], padding: "valid" };
  return dilated(
    x,
    dilations,
    around,
    (apart) => convolution(apart, kernel, plain, groups),
  );
}

/**
 * A transposed convolution: what a convolution's gradient does.
 *
 * @param kernel `[height, width, filters, channels]`.
 * @param size Height and width of the result.
 * @param padding TensorFlow's rule.
 */
export function transposedConvolution(
  x: Tensor,
  kernel: Tensor,
  strides: Pair,
  size: Pair,
  padding: "same" | "valid",
): Tensor {
  const shape: [number, number, number, number] = [
    x.shape[0]!,
    ...size,
    kernel.shape[2] ?? 0,
  ];
  checkImage(x, strides, [1, 1], size);
  checkShape(shape);
  countProducts(sizeOf(x.shape.slice(0, 3)) * sizeOf(kernel.shape));
  return tf.conv2dTranspose(
    x as tf.Tensor4D,
    kernel as tf.Tensor4D,
    shape,
    [...strides],
    padding,
  );
}
