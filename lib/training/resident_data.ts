/**
 * Data that stay on the device, and batches gathered from them there.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Split } from "../datasets/dataset.ts";
import type { Batch } from "./objective.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";

/** A split whose examples are tensors. */
export interface ResidentSplit {
  /** Number of examples. */
  readonly count: number;
  /** `[count, ...shape]`. */
  readonly inputs: Tensor;
  /** `[count, ...labelShape]`, int32 class indices or float32 targets. */
  readonly labels: Tensor;
}

/** The splits of an experiment, on the device. */
export interface ResidentData {
  /** For records: the data set's name, sizes and preparation. */
  readonly name: string;
  /** What is trained on. */
  readonly train: ResidentSplit;
  /** What is evaluated, by name: `validation`, `test`, `train`. */
  readonly evaluation: Readonly<Record<string, ResidentSplit>>;
  /** Frees the tensors. */
  dispose(): void;
}

/** Copies a split to the device. */
export function residentSplit(
  { count, inputs, labels }: Split,
  shape: readonly number[],
  labelShape: readonly number[] = [],
): ResidentSplit {
  return {
    count,
    inputs: tf.tensor(inputs, [count, ...shape]),
    labels: tf.tensor(
      labels,
      [count, ...labelShape],
      labels instanceof Int32Array ? "int32" : "float32",
    ),
  };
}

/** What {@linkcode residentData} copies: a data set, or splits of one. */
export interface DataSource {
  /** What decides the records: data set, sizes, preparation. */
  readonly name: string;
  /** Shape of one example. */
  readonly shape: readonly number[];
  /** Shape of one label. @default {one number} */
  readonly labelShape?: readonly number[];
  /** What is trained on. */
  readonly train: Split;
  /** What is tested on. */
  readonly test?: Split;
  /** What is evaluated, by name. @default {{ test } if there is one} */
  readonly evaluation?: Readonly<Record<string, Split>>;
}

/**
 * Copies splits to the device, each once however often it is used.
 *
 * @param source A data set, or splits.
 * @returns Resident data; dispose them when done.
 *
 * @example
 * ```ts
 * import { initialize } from "../runtime/initialize.ts";
 * import { residentData } from "./resident_data.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const inputs = Float32Array.of(1, 2, 3, 4, 5, 6), labels = Int32Array.of(0, 1);
 * const train = { count: 2, inputs, labels };
 * const data = residentData({ name: "two examples", shape: [3], train });
 * deepStrictEqual(data.train.inputs.shape, [2, 3]);
 * data.dispose();
 * ```
 */
export function residentData(
  {
    name,
    shape,
    labelShape = [],
    train,
    test,
    evaluation = test ? { test } : {},
  }: DataSource,
): ResidentData {
  const splits = new Map<Split, ResidentSplit>();
  const resident = (split: Split) => {
    const known = splits.get(split) ?? residentSplit(split, shape, labelShape);
    splits.set(split, known);
    return known;
  };
  return {
    name,
    train: resident(train),
    evaluation: Object.fromEntries(
      Object.entries(evaluation).map(([key, split]) => [key, resident(split)]),
    ),
    dispose() {
      for (const { inputs, labels } of splits.values()) {
        tf.dispose([inputs, labels]);
      }
    },
  };
}

/** The examples at int32 `[batch]` indices. */
export function gather(
  inputs: Tensor,
  labels: Tensor,
  indices: Tensor1D,
): Batch {
  return {
    inputs: tf.gather(inputs, indices),
    labels: tf.gather(labels, indices),
  };
}

/** Width of the border that random crops are cut from. */
export const CROP_PADDING = 4;

/**
 * Random crops and flips: each image is padded by four zeros a side, cut at its
 * offset, and mirrored left to right where told.
 *
 * @param images `[batch, height, width, channels]`.
 * @param top int32 `[batch]` in [0, 8]: rows cut off above.
 * @param left int32 `[batch]` in [0, 8]: columns cut off on the left.
 * @param flip int32 `[batch]`, 1 to mirror.
 */
export function cropAndFlip(
  images: Tensor,
  top: Tensor,
  left: Tensor,
  flip: Tensor,
): Tensor {
  const [batch, height, width, channels] = images.shape as [
    number,
    number,
    number,
    number,
  ];
  const p = CROP_PADDING;
  const paddedWidth = width + 2 * p;
  const rows = (height + 2 * p) * paddedWidth;
  const padded = tf.pad(images, [[0, 0], [p, p], [p, p], [0, 0]]);
  const column = (x: Tensor) => tf.reshape(x, [batch, 1, 1]);
  const y = tf.reshape(tf.range(0, height, 1, "int32"), [1, height, 1]);
  const x = tf.reshape(tf.range(0, width, 1, "int32"), [1, 1, width]);
  const mirrored = tf.sub(
    tf.scalar(width - 1, "int32"),
    tf.mul(x, tf.scalar(2, "int32")),
  );
  const from = tf.add(x, tf.mul(column(flip), mirrored));
  const start = tf.mul(
    tf.reshape(tf.range(0, batch, 1, "int32"), [batch, 1, 1]),
    tf.scalar(rows, "int32"),
  );
  const index = tf.add(
    tf.add(
      start,
      tf.mul(tf.add(y, column(top)), tf.scalar(paddedWidth, "int32")),
    ),
    tf.add(from, column(left)),
  );
  const pixels = tf.reshape(padded, [batch * rows, channels]);
  return tf.reshape(
    tf.gather(pixels, tf.reshape(index, [-1]) as Tensor1D),
    images.shape,
  );
}

/**
 * Mirrors images left to right where told: what examples get whose labels are images
 * too, the label as its image.
 *
 * @param images `[batch, height, width]` or `[batch, height, width, channels]`.
 * @param flip int32 `[batch]`, 1 to mirror.
 */
export function mirror(images: Tensor, flip: Tensor): Tensor {
  const each = [images.shape[0]!, ...images.shape.slice(1).map(() => 1)];
  const told = tf.cast(tf.reshape(flip, each), "bool");
  return tf.where(told, tf.reverse(images, 2), images);
}
