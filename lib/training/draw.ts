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
  /** The equal parts that a batch is taken in. @default {1} */
  microBatches?: number;
  /** The steps in a row that have the same batch. @default {1} */
  updatesPerBatch?: number;
}

/** Makes the draws of one run. */
export interface Drawer {
  /**
   * What a step, from 0, draws, packed for one upload: `[seed 0, seed 1, indices…,
   * tops…, lefts…, flips…]`, the last three only where images are augmented. Where
   * the batch is taken in parts, there is one such block a part, in a row.
   */
  at(step: number): Int32Array<ArrayBuffer>;
}

/**
 * The draws of a run.
 *
 * @throws {RangeError} If the batch is larger than the data.
 */
export function drawer(
  options: DrawOptions,
): Drawer {
  const { seed, count, batchSize, augment } = options;
  const { microBatches = 1, updatesPerBatch = 1 } = options;
  const order = dataOrder({ seed, count, batchSize });
  const size = batchSize / microBatches;
  function at(step: number): Int32Array<ArrayBuffer> {
    const batch = Math.floor(step / updatesPerBatch);
    const columns: Int32Array[] = [order(batch)];
    if (augment) {
      const { top, left, flip } = augmentationPlan({
        seed,
        step: batch,
        batchSize,
        padding: CROP_PADDING,
      });
      columns.push(top, left, flip);
    }
    const dropout = randomStream(seed, Purpose.dropout, step);
    const block = 2 + size * columns.length;
    const packed = new Int32Array(microBatches * block);
    for (let part = 0; part < microBatches; part++) {
      const start = part * block;
      packed[start] = dropout.word() | 0;
      packed[start + 1] = dropout.word() | 0;
      columns.forEach((column, i) => {
        const own = column.subarray(part * size, (part + 1) * size);
        packed.set(own, start + 2 + i * size);
      });
    }
    return packed;
  }
  return { at };
}
