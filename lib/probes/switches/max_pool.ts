/**
 * Max-pooling, whose switch is which number of each window is the largest.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D } from "../../runtime/tensor.ts";
import type { Switch } from "./switch.ts";

/** Below everything that a network computes, and still a float32. */
const LOWEST = -3e38;

interface Windows {
  /** Output height, output width. */
  output: [number, number];
  kernel: [number, number];
  stride: [number, number];
  /** Rows above, below; columns left, right. */
  padding: [[number, number], [number, number]];
}

/** Where the windows of a pooling of `[batch, height, width, channels]` are. */
function windows(x: Tensor, attributes: tf.NamedAttrMap): Windows {
  const { filterSize, strides, pad, dimRoundingMode } =
    attributes as unknown as tf.MaxPoolAttrs;
  const info = tf.backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const output: [number, number] = [info.outHeight, info.outWidth];
  const kernel: [number, number] = [info.filterHeight, info.filterWidth];
  const stride: [number, number] = [info.strideHeight, info.strideWidth];
  const before = [info.padInfo.top, info.padInfo.left];
  // Enough for the last window; what no window sees need not be there.
  const padding = [0, 1].map((axis) => {
    const needed = (output[axis]! - 1) * stride[axis]! + kernel[axis]!;
    const after = needed - before[axis]! - x.shape[1 + axis]!;
    return [before[axis]!, Math.max(0, after)];
  }) as Windows["padding"];
  return { output, kernel, stride, padding };
}

/** The image with its border, lowest of all. */
function padded(x: Tensor, { padding }: Windows): Tensor {
  const [rows, columns] = padding;
  return tf.pad(x, [[0, 0], rows, columns, [0, 0]], LOWEST);
}

/**
 * Max-pooling over images: decides the place of each window's largest number (the
 * first of equal ones) in the flattened padded image.
 */
export const maxPool: Switch = {
  kernelName: tf.MaxPool,
  saved: ["x"],
  decide({ x }, attributes) {
    const where = windows(x!, attributes);
    const { output: [rows, columns], kernel, stride } = where;
    const image = padded(x!, where);
    const [batch, height, width, channels] = image.shape as number[] as [
      number,
      number,
      number,
      number,
    ];
    const taps: Tensor[] = [];
    for (let i = 0; i < kernel[0]; i++) {
      for (let j = 0; j < kernel[1]; j++) {
        taps.push(tf.stridedSlice(
          image,
          [0, i, j, 0],
          [
            batch,
            i + (rows - 1) * stride[0] + 1,
            j + (columns - 1) * stride[1] + 1,
            channels,
          ],
          [1, stride[0], stride[1], 1],
        ));
      }
    }
    const tap = tf.argMax(tf.stack(taps), 0);
    const size = tf.scalar(kernel[1], "int32");
    const down = tf.floorDiv(tap, size);
    const right = tf.sub(tap, tf.mul(down, size));
    const along = (length: number, step: number, shape: number[]) =>
      tf.mul(
        tf.reshape(tf.range(0, length, 1, "int32"), shape),
        tf.scalar(step, "int32"),
      );
    const y = tf.add(along(rows, stride[0], [1, rows, 1, 1]), down);
    const column = tf.add(along(columns, stride[1], [1, 1, columns, 1]), right);
    const image0 = along(batch, height, [batch, 1, 1, 1]);
    const row = tf.add(image0, y);
    const pixel = tf.add(tf.mul(row, tf.scalar(width, "int32")), column);
    const place = tf.add(
      tf.mul(pixel, tf.scalar(channels, "int32")),
      along(channels, 1, [1, 1, 1, channels]),
    );
    return [place];
  },
  apply({ x }, [place], attributes) {
    const flat = tf.reshape(padded(x!, windows(x!, attributes)), [-1]);
    const values = tf.gather(flat, tf.reshape(place!, [-1]) as Tensor1D);
    return tf.reshape(values, place!.shape);
  },
  gradient: (dy, { x }, [place], attributes) => ({
    x() {
      const where = windows(x!, attributes);
      const [rows, columns] = where.padding;
      const [batch, height, width, channels] = x!.shape as number[] as [
        number,
        number,
        number,
        number,
      ];
      const shape = [
        batch,
        height + rows[0] + rows[1],
        width + columns[0] + columns[1],
        channels,
      ];
      const image = tf.unsortedSegmentSum(
        tf.reshape(dy, [-1]),
        tf.reshape(place!, [-1]) as Tensor1D,
        shape.reduce((product, n) => product * n, 1),
      );
      return tf.slice(
        tf.reshape(image, shape),
        [0, rows[0], columns[0], 0],
        [batch, height, width, channels],
      );
    },
  }),
};
