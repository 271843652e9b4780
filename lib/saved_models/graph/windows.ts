/**
 * Convolutions and pooling, channels last.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { checkShape, countProducts, sizeOf } from "./limits.ts";

/** A pair of numbers, one an axis of an image: height, then width. */
export type Pair = readonly [number, number];

/** How windows move over an image. */
export interface Windows {
  /** Steps. */
  readonly strides: Pair;
  /** Distances within a window. */
  readonly dilations: Pair;
  /** What is added around: TensorFlow's rule, or before and after each axis. */
  readonly padding: "same" | "valid" | readonly [Pair, Pair];
}

/** Padding that keeps ⌈size/stride⌉ outputs, more of it after than before. */
export function samePadding(
  size: number,
  stride: number,
  window: number,
): Pair {
  const outputs = Math.ceil(size / stride);
  const total = Math.max(0, (outputs - 1) * stride + window - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** An image with what is added around it, and what is left to the operation. */
function padded(
  x: Tensor,
  { padding, strides, dilations }: Windows,
  size: Pair,
  value: number,
): { image: tf.Tensor4D; rest: "same" | "valid" } {
  const image = x as tf.Tensor4D;
  checkImage(x, strides, dilations, size);
  if (typeof padding === "string") return { image, rest: padding };
  const isSame = padding.every(([before, after], axis) => {
    const window = (size[axis]! - 1) * dilations[axis]! + 1;
    const same = samePadding(image.shape[1 + axis]!, strides[axis]!, window);
    return before === same[0] && after === same[1];
  });
  if (isSame) return { image, rest: "same" };
  return { image: addedAround(image, padding, value), rest: "valid" };
}

function addedAround(
  image: tf.Tensor4D,
  padding: readonly [Pair, Pair],
  value: number,
): tf.Tensor4D {
  if (padding.every(([before, after]) => before === 0 && after === 0)) {
    return image;
  }
  const around: [number, number][] = [
    [0, 0],
    [...padding[0]],
    [...padding[1]],
    [0, 0],
  ];
  if (around.some(([a, b]) => !(a >= 0 && b >= 0))) {
    throw new SyntaxError(`padding of ${around.flat()} is not read`);
  }
  checkShape(image.shape.map((n, i) => n + around[i]![0] + around[i]![1]));
  return tf.pad(image, around, value);
}

function checkImage(x: Tensor, strides: Pair, dilations: Pair, size: Pair) {
  if (x.rank !== 4) {
    throw new SyntaxError(`its input has ${x.rank} axes, expected 4`);
  }
  const isPositive = [...strides, ...dilations, ...size].every((n) =>
    Number.isSafeInteger(n) && n > 0
  );
  if (!isPositive) {
    throw new SyntaxError(
      `windows of [${size}], strides [${strides}] and dilations [${dilations}] are not read`,
    );
  }
}

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
    return dilated(x, kernel, windows, groups);
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

/**
 * A convolution with dilations, by those of every so many pixels: TensorFlow.js has no
 * gradient of the other way.
 */
function dilated(
  x: Tensor,
  kernel: Tensor,
  { dilations, padding, strides }: Windows,
  groups: number,
): Tensor {
  const size = kernel.shape.slice(0, 2) as [number, number];
  checkImage(x, strides, dilations, size);
  const axes = [0, 1] as const;
  const around = axes.map((axis): Pair => {
    if (typeof padding !== "string") return padding[axis];
    const window = (size[axis] - 1) * dilations[axis] + 1;
    return padding === "same"
      ? samePadding(x.shape[1 + axis]!, 1, window)
      : [0, 0];
  });
  const rest = axes.map((axis) => {
    const [before, after] = around[axis]!;
    const whole = x.shape[1 + axis]! + before + after;
    return (dilations[axis] - whole % dilations[axis]) % dilations[axis];
  });
  const pads = axes.map((axis) => [
    around[axis]![0],
    around[axis]![1] + rest[axis]!,
  ]);
  const shape = x.shape.map((n, i) =>
    i === 1 || i === 2 ? n + pads[i - 1]![0]! + pads[i - 1]![1]! : n
  );
  checkShape(shape);
  const apart = tf.spaceToBatchND(x, [...dilations], pads);
  const plain: Windows = {
    strides,
    dilations: [1, 1],
    padding: "valid",
  };
  return tf.batchToSpaceND(
    convolution(apart, kernel, plain, groups),
    [...dilations],
    rest.map((n) => [0, n]),
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

/** Less than any number in an image, and finite. */
const LOWEST = -3e38;

/** The largest number of each window. */
export function maxPool(x: Tensor, size: Pair, windows: Windows): Tensor {
  const { image, rest } = padded(x, windows, size, LOWEST);
  checkDilations(windows);
  return tf.maxPool(image, [...size], [...windows.strides], rest);
}

/**
 * The mean of each window.
 *
 * @param countsPadding Whether zeros that were added around count.
 */
export function avgPool(
  x: Tensor,
  size: Pair,
  windows: Windows,
  countsPadding = false,
): Tensor {
  checkDilations(windows);
  const { padding } = windows;
  const pool = (image: tf.Tensor4D, rest: "same" | "valid") =>
    tf.avgPool(image, [...size], [...windows.strides], rest);
  if (typeof padding !== "string" && countsPadding) {
    checkImage(x, windows.strides, windows.dilations, size);
    return pool(addedAround(x as tf.Tensor4D, padding, 0), "valid");
  }
  const { image, rest } = padded(x, windows, size, 0);
  if (typeof padding === "string" || rest === "same" || image === x) {
    return pool(image, rest);
  }
  const ones = tf.ones([1, x.shape[1]!, x.shape[2]!, 1]) as tf.Tensor4D;
  const share = pool(addedAround(ones, padding, 0), "valid");
  return tf.div(pool(image, "valid"), share);
}

function checkDilations({ dilations }: Windows): void {
  if (dilations.some((n) => n !== 1)) {
    throw new SyntaxError(`dilations of [${dilations}] are not read`);
  }
}
