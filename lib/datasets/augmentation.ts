/**
 * Random crops of padded images and mirror images: which ones, as a pure
 * function of the seed and the global step, and what they are.
 *
 * @module
 */
import { checkInteger } from "../text/check_integer.ts";
import { Purpose, randomStream } from "../random/stream.ts";

/** What the augmentation of a step depends on. */
export interface AugmentationOptions {
  /** The seed, an integer in [0, 2⁵³). */
  seed: number;
  /** The global step, from 0, below 2³². */
  step: number;
  /** The examples of the step. */
  batchSize: number;
  /** The rows and columns of padding on each side. @default {4} */
  padding?: number;
}

/** How the images of a step are cropped and mirrored: one entry per image. */
export interface AugmentationPlan {
  /** The first row of the crop in the padded image, 0 … 2·padding. */
  top: Int32Array;
  /** The first column of the crop in the padded image, 0 … 2·padding. */
  left: Int32Array;
  /** 1 if the crop is mirrored, left to right, else 0. */
  flip: Int32Array;
}

/**
 * Draws how the images of a step are augmented: a crop, uniform among the
 * (2·padding + 1)² places, and mirrored or not with equal probability.
 *
 * @param options Seed, step, batch size and padding.
 * @returns The plan. The step's images are cropped alike wherever they are.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { augmentationPlan } from "./augmentation.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * const { top, flip } = augmentationPlan({ seed: 1, step: 0, batchSize: 128 });
 * strictEqual(flip.length, 128);
 * ok(top.every((row) => row >= 0 && row <= 8));
 * ```
 *
 * Reference: C.-Y. Lee et al., "Deeply-supervised nets", 2015, arXiv
 * 1409.5185, section 3.2; K. He et al., "Deep residual learning for image
 * recognition", 2016, arXiv 1512.03385, section 4.2.
 */
export function augmentationPlan(
  options: AugmentationOptions,
): AugmentationPlan {
  const { seed, step, batchSize, padding = 4 } = options;
  checkInteger("batchSize", batchSize, 1);
  checkInteger("padding", padding, 0);
  const stream = randomStream(seed, Purpose.augmentation, step);
  const plan: AugmentationPlan = {
    top: new Int32Array(batchSize),
    left: new Int32Array(batchSize),
    flip: new Int32Array(batchSize),
  };
  for (let i = 0; i < batchSize; i++) {
    plan.top[i] = stream.integer(2 * padding + 1);
    plan.left[i] = stream.integer(2 * padding + 1);
    plan.flip[i] = stream.integer(2);
  }
  return plan;
}

/**
 * Crops and mirrors images as planned: pads each with zeros, crops it to its
 * size at (top, left), then mirrors it if flip is 1.
 *
 * With p the padding, W the width and x the padded image, which is 0 outside
 * [p, p + W):
 *
 * ```math
 * y(r, c) = x(r + \text{top},\; c' + \text{left}), \qquad
 * c' = \text{flip} \,?\, W - 1 - c : c
 * ```
 *
 * Zeros are the mean of a channel if the images were standardised before. This
 * is the plain version on the host, which the one on the device is tested
 * against.
 *
 * @param inputs The images of a batch, `[batch, height, width, channels]`.
 * @param shape The shape of one image, `[height, width, channels]`.
 * @param plan The plan for this batch.
 * @param padding The padding that the plan was drawn for. @default {4}
 * @returns A new array of the same size.
 * @throws {RangeError} If inputs, shape and plan do not fit together.
 *
 * @example A row of three pixels, moved right by one, then mirrored
 * ```ts
 * import { augment } from "./augmentation.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const plan = { top: Int32Array.of(1), left: Int32Array.of(0), flip: Int32Array.of(1) };
 * deepStrictEqual(
 *   augment(Float32Array.of(7, 8, 9), [1, 3, 1], plan, 1),
 *   Float32Array.of(8, 7, 0),
 * );
 * ```
 */
export function augment(
  inputs: Float32Array,
  shape: readonly number[],
  plan: AugmentationPlan,
  padding: number = 4,
): Float32Array {
  const [height = 0, width = 0, channels = 0] = shape;
  const size = height * width * channels;
  const batch = plan.top.length;
  if (shape.length !== 3 || inputs.length !== batch * size) {
    throw new RangeError(
      `${inputs.length} inputs are not ${batch} images of shape [${
        shape.join(", ")
      }]`,
    );
  }
  const augmented = new Float32Array(inputs.length);
  for (let i = 0; i < batch; i++) {
    for (let row = 0; row < height; row++) {
      const fromRow = row + plan.top[i]! - padding;
      if (fromRow < 0 || fromRow >= height) continue;
      for (let column = 0; column < width; column++) {
        const crop = plan.flip[i] === 1 ? width - 1 - column : column;
        const fromColumn = crop + plan.left[i]! - padding;
        if (fromColumn < 0 || fromColumn >= width) continue;
        const from = i * size + (fromRow * width + fromColumn) * channels;
        const to = i * size + (row * width + column) * channels;
        for (let c = 0; c < channels; c++) {
          augmented[to + c] = inputs[from + c]!;
        }
      }
    }
  }
  return augmented;
}
