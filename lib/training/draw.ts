/**
 * What a step draws at random, as a pure function of seed and step: the examples
 * of its batch, their crops and flips, and the seed of its dropout.
 *
 * @module
 */
import { augmentationPlan } from "../datasets/augmentation.ts";
import { dataOrder } from "../datasets/order.ts";
import { Purpose, randomStream } from "../random/stream.ts";
import { CROP_PADDING } from "./resident_data.ts";

/** What the draws of a run depend on. */
export interface DrawOptions {
  /** The run's seed. */
  seed: number;
  /** The number of training examples. */
  count: number;
  /** Examples a step. */
  batchSize: number;
  /** Whether images are cropped and flipped. */
  augment: boolean;
}

/** Makes the draws of one run. */
export interface Drawer {
  /**
   * What a step, from 0, draws, packed for one upload: `[seed 0, seed 1, indices…,
   * tops…, lefts…, flips…]`, the last three only where images are augmented.
   */
  at(step: number): Int32Array<ArrayBuffer>;
}

/**
 * The draws of a run.
 *
 * @throws {RangeError} If the batch is larger than the data.
 */
export function drawer(
  { seed, count, batchSize, augment }: DrawOptions,
): Drawer {
  const order = dataOrder({ seed, count, batchSize });
  function at(step: number): Int32Array<ArrayBuffer> {
    const packed = new Int32Array(2 + batchSize * (augment ? 4 : 1));
    const dropout = randomStream(seed, Purpose.dropout, step);
    packed[0] = dropout.word() | 0;
    packed[1] = dropout.word() | 0;
    packed.set(order(step), 2);
    if (augment) {
      const plan = augmentationPlan({
        seed,
        step,
        batchSize,
        padding: CROP_PADDING,
      });
      packed.set(plan.top, 2 + batchSize);
      packed.set(plan.left, 2 + 2 * batchSize);
      packed.set(plan.flip, 2 + 3 * batchSize);
    }
    return packed;
  }
  return { at };
}
