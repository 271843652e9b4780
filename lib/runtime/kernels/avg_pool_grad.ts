import * as tf from "@tensorflow/tfjs";
import type { Kernel } from "./kernel.ts";

/** How many of a window's places lie on the image, for each window. */
function counts(
  windows: number,
  stride: number,
  filterSize: number,
  padding: number,
  imageSize: number,
): number[] {
  return Array.from({ length: windows }, (_, window) => {
    const start = window * stride - padding;
    return Math.min(start + filterSize, imageSize) - Math.max(start, 0);
  });
}

/**
 * The gradient of average pooling. A window at the border averages over the pixels
 * that lie on the image; the package's kernel (and TensorFlow.js's cpu backend)
 * divides by the size of the whole window instead, which is the gradient of
 * something else.
 */
export const avgPoolGrad: Kernel = {
  kernelName: tf.AvgPoolGrad,
  create: (upstream) => (args) => {
    const { dy, input } = args.inputs as Record<"dy" | "input", tf.Tensor4D>;
    const { filterSize, strides, pad } = args
      .attrs as unknown as tf.AvgPoolGradAttrs;
    const pool = tf.backend_util.computePool2DInfo(
      input.shape,
      filterSize,
      strides,
      1,
      pad,
    );
    const { padInfo, filterHeight, filterWidth } = pool;
    const { top, bottom, left, right } = padInfo;
    if (Math.max(top, bottom, left, right) === 0) return upstream(args);
    const rows = counts(
      pool.outHeight,
      pool.strideHeight,
      filterHeight,
      top,
      pool.inHeight,
    );
    const columns = counts(
      pool.outWidth,
      pool.strideWidth,
      filterWidth,
      left,
      pool.inWidth,
    );
    const area = filterHeight * filterWidth;
    const correction = rows.flatMap((height) =>
      columns.map((width) => area / (height * width))
    );
    return tf.tidy(() => {
      const corrected = tf.mul(
        dy,
        tf.tensor4d(correction, [1, rows.length, columns.length, 1]),
      );
      const gradient = upstream({ ...args, inputs: { input, dy: corrected } });
      return tf.engine().makeTensorFromTensorInfo(gradient as tf.TensorInfo);
    });
  },
};
