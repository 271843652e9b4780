/**
 * Moving pixels about: what the gradients of convolutions are composed of. All
 * tensors are `[batch, height, width, channels]`.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Rows and columns to add at each side; negative numbers take away. */
export interface Margins {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The numbers of a convolution that TensorFlow.js works out from its attributes. */
export type Convolution = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** Adds zeros at the sides, or takes rows and columns away. */
export function padOrCrop(images: tf.Tensor4D, margins: Margins): tf.Tensor4D {
  const { top, bottom, left, right } = margins;
  const [batch, height, width, channels] = images.shape;
  const cropped = Math.min(top, bottom, left, right) < 0
    ? tf.slice(
      images,
      [0, Math.max(0, -top), Math.max(0, -left), 0],
      [
        batch,
        height + Math.min(0, top) + Math.min(0, bottom),
        width + Math.min(0, left) + Math.min(0, right),
        channels,
      ],
    )
    : images;
  return Math.max(top, bottom, left, right) > 0
    ? tf.pad(cropped, [
      [0, 0],
      [Math.max(0, top), Math.max(0, bottom)],
      [Math.max(0, left), Math.max(0, right)],
      [0, 0],
    ])
    : cropped;
}

/**
 * Puts `strideHeight − 1` rows and `strideWidth − 1` columns of zeros after each
 * row and column.
 *
 * @returns Images of `strideHeight · height` rows and `strideWidth · width` columns.
 */
export function insertZeros(
  images: tf.Tensor4D,
  strideHeight: number,
  strideWidth: number,
): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return images;
  const [batch, height, width, channels] = images.shape;
  // A pixel is followed by zeros within its row, a row by rows of zeros.
  const columns = tf.pad(tf.reshape(images, [-1, channels]), [
    [0, 0],
    [0, (strideWidth - 1) * channels],
  ]);
  const row = width * strideWidth * channels;
  const rows = tf.pad(tf.reshape(columns, [-1, row]), [
    [0, 0],
    [0, (strideHeight - 1) * row],
  ]);
  return tf.reshape(rows, [
    batch,
    height * strideHeight,
    width * strideWidth,
    channels,
  ]);
}

/**
 * The gradient of a convolution's output, laid out so that a convolution of
 * stride 1 without padding, with the filter turned around, gives the gradient of
 * its input.
 */
export function spreadGradient(
  dy: tf.Tensor4D,
  convolution: Convolution,
): tf.Tensor4D {
  const { strideHeight, strideWidth, padInfo } = convolution;
  const spaced = insertZeros(dy, strideHeight, strideWidth);
  const top = convolution.effectiveFilterHeight - 1 - padInfo.top;
  const left = convolution.effectiveFilterWidth - 1 - padInfo.left;
  const height = convolution.inHeight + convolution.effectiveFilterHeight - 1;
  const width = convolution.inWidth + convolution.effectiveFilterWidth - 1;
  return padOrCrop(spaced, {
    top,
    bottom: height - spaced.shape[1] - top,
    left,
    right: width - spaced.shape[2] - left,
  });
}

/**
 * A convolution's input, padded as the convolution pads it and cropped to what
 * its filter reaches: the output's gradient, spaced out by the strides, fits into
 * it once for each place of the filter.
 */
export function reachedInput(
  x: tf.Tensor4D,
  convolution: Convolution,
): tf.Tensor4D {
  const { outHeight, strideHeight, outWidth, strideWidth, padInfo } =
    convolution;
  const height = (outHeight - 1) * strideHeight +
    convolution.effectiveFilterHeight;
  const width = (outWidth - 1) * strideWidth + convolution.effectiveFilterWidth;
  return padOrCrop(x, {
    top: padInfo.top,
    bottom: height - convolution.inHeight - padInfo.top,
    left: padInfo.left,
    right: width - convolution.inWidth - padInfo.left,
  });
}

/** Refuses channels-first images, as the package's own kernels do. */
export function requireChannelsLast(kernel: string, dataFormat: string): void {
  if (dataFormat !== "NHWC") {
    throw new RangeError(
      `${kernel} on the wasm backend needs dataFormat NHWC, got ${dataFormat}`,
    );
  }
}
