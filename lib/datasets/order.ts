/**
 * The order in which examples are trained on, a pure function of the seed and
 * the global step: a run that is resumed needs no state of it.
 *
 * Each epoch is a random permutation of all examples, and the epochs follow
 * each other without a seam: where the last batch of an epoch is not full, it
 * is filled up from the next one. So every batch has the same size, every
 * example is seen exactly once per epoch, nothing is dropped, and the epoch at
 * a step is exactly step·batchSize/count, a fraction.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";

/** What the order of the examples depends on. */
export interface OrderOptions {
  /** The seed, an integer in [0, 2⁵³). */
  seed: number;
  /** The number of examples n. */
  count: number;
  /** The examples per step, in [1, count]. */
  batchSize: number;
}

/**
 * The examples of each step, with the permutations of the last epochs kept.
 *
 * With b the batch size, n the number of examples and π_e the permutation of
 * epoch e, entry i of the batch of step s is
 *
 * ```math
 * \pi_{\lfloor p / n \rfloor}(p \bmod n), \qquad p = s b + i
 * ```
 *
 * @param options Seed, number of examples and batch size.
 * @returns A function of the global step, from 0, that returns the numbers of
 * the step's examples in a new array. It always returns the same for the same
 * step; going through the steps in order is fastest.
 * @throws {RangeError} If an option is out of range; the function, if the step
 * is not an integer ≥ 0 or its epoch is 2³² or more.
 *
 * @example Three steps of four examples are two epochs of six
 * ```ts
 * import { dataOrder } from "./order.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const indices = dataOrder({ seed: 1, count: 6, batchSize: 4 });
 * const seen = [0, 1, 2].flatMap((step) => [...indices(step)]);
 * deepStrictEqual(seen.slice(0, 6).sort(), [0, 1, 2, 3, 4, 5]);
 * deepStrictEqual(seen.slice(6).sort(), [0, 1, 2, 3, 4, 5]);
 * ```
 */
export function dataOrder(options: OrderOptions): (step: number) => Int32Array {
  const { seed, count, batchSize } = options;
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new RangeError(`count must be an integer ≥ 1, got ${count}`);
  }
  if (!(Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= count)) {
    throw new RangeError(
      `batchSize must be an integer in [1, ${count}], the number of examples, got ${batchSize}`,
    );
  }
  // A batch lies in at most two epochs.
  const kept = new Map<number, Int32Array>();
  function permutation(epoch: number): Int32Array {
    let order = kept.get(epoch);
    if (order === undefined) {
      order = randomStream(seed, Purpose.order, epoch).permutation(count);
      if (kept.size === 2) kept.delete(kept.keys().next().value!);
      kept.set(epoch, order);
    }
    return order;
  }
  return (step) => {
    if (!(Number.isSafeInteger(step) && step >= 0)) {
      throw new RangeError(`step must be an integer ≥ 0, got ${step}`);
    }
    const start = step * batchSize;
    return Int32Array.from({ length: batchSize }, (_, i) => {
      const position = start + i;
      return permutation(Math.floor(position / count))[position % count]!;
    });
  };
}

/**
 * The examples of one step: {@linkcode dataOrder} at that step.
 *
 * Makes the permutation of an epoch for each call: in a loop, use
 * {@linkcode dataOrder}.
 *
 * @param options Seed, number of examples, batch size and the global step, from
 * 0.
 * @returns The numbers of the step's examples, `[batchSize]`.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { batchIndices } from "./order.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(batchIndices({ seed: 1, count: 100, batchSize: 32, step: 7 }).length, 32);
 * ```
 */
export function batchIndices(
  options: OrderOptions & { step: number },
): Int32Array {
  return dataOrder(options)(options.step);
}
