/**
 * What a step draws at random, as a pure function of seed and step: the examples
 * of its batch, their crops and flips, and the seed of its dropout.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";
import { CROP_PADDING } from "./resident_data.ts";

/** The numbers that a step draws, packed for one upload. */
export interface Draw {
  /**
   * `[seed 0, seed 1, indices…, tops…, lefts…, flips…]`; the last three only where
   * images are augmented.
   */
  packed: Int32Array<ArrayBuffer>;
}

/** Makes the draws of one run. */
export interface Drawer {
  /** What step `step` (from 0) draws. */
  at(step: number): Int32Array<ArrayBuffer>;
}

/**
 * The draws of a run.
 *
 * Each epoch goes through all examples in a new order; what does not fill a batch
 * at its end is left out of that epoch.
 *
 * @param options `seed` of the run; `count` of training examples; `batchSize`;
 * whether images are cropped and flipped (`augment`).
 * @throws {RangeError} If the batch is larger than the data.
 */
export function drawer(
  { seed, count, batchSize, augment }: {
    seed: number;
    count: number;
    batchSize: number;
    augment: boolean;
  },
): Drawer {
  if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= count)) {
    throw new RangeError(
      `batchSize must be an integer in [1, ${count}] (the number of training examples), got ${batchSize}`,
    );
  }
  const stepsPerEpoch = Math.floor(count / batchSize);
  let epoch = -1;
  let order = new Int32Array();
  return {
    at(step) {
      const now = Math.floor(step / stepsPerEpoch);
      if (now !== epoch) {
        epoch = now;
        order = randomStream(seed, Purpose.order, now).permutation(
          count,
        ) as typeof order;
      }
      const start = (step % stepsPerEpoch) * batchSize;
      const packed = new Int32Array(2 + batchSize * (augment ? 4 : 1));
      const dropout = randomStream(seed, Purpose.dropout, step);
      packed[0] = dropout.word() | 0;
      packed[1] = dropout.word() | 0;
      packed.set(order.subarray(start, start + batchSize), 2);
      if (augment) {
        const random = randomStream(seed, Purpose.augmentation, step);
        for (let i = 0; i < batchSize; i++) {
          packed[2 + batchSize + i] = random.integer(2 * CROP_PADDING + 1);
          packed[2 + 2 * batchSize + i] = random.integer(2 * CROP_PADDING + 1);
          packed[2 + 3 * batchSize + i] = random.integer(2);
        }
      }
      return packed;
    },
  };
}
