/**
 * The order in which examples are trained on, a pure function of the seed and
 * the global step: a run that is resumed needs no state of it.
 *
 * Each epoch goes through a random permutation of all examples, in batches of
 * one size: what does not fill a batch at its end is left out of that epoch. So
 * every epoch has ⌊n/b⌋ steps, sees every example at most once, and leaves out
 * others than the epoch before.
 *
 * @module
 */
import { checkInteger } from "../text/check_integer.ts";
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
 * The examples of each step, with the permutation of the last epoch kept.
 *
 * With b the batch size, n the number of examples, m = ⌊n/b⌋ the steps of an
 * epoch and π_e the permutation of epoch e, entry i of the batch of step s is
 *
 * ```math
 * \pi_{\lfloor s / m \rfloor}\bigl((s \bmod m)\, b + i\bigr)
 * ```
 *
 * @param options Seed, number of examples and batch size.
 * @returns A function of the global step, from 0, that returns the numbers of
 * the step's examples in a new array. It always returns the same for the same
 * step; going through the steps in order is fastest.
 * @throws {RangeError} If an option is out of range; the function, if the step
 * is not an integer ≥ 0 or its epoch is 2³² or more.
 *
 * @example An epoch of seven examples is three steps of two
 * ```ts
 * import { dataOrder } from "./order.ts";
 * import { strictEqual } from "node:assert";
 *
 * const indices = dataOrder({ seed: 1, count: 7, batchSize: 2 });
 * const seen = new Set([0, 1, 2].flatMap((step) => [...indices(step)]));
 * strictEqual(seen.size, 6);
 * ```
 */
export function dataOrder(options: OrderOptions): (step: number) => Int32Array {
  const { seed, count, batchSize } = options;
  checkInteger("count", count, 1);
  checkInteger("batchSize", batchSize, 1, count);
  const stepsPerEpoch = Math.floor(count / batchSize);
  let kept = { epoch: -1, order: new Int32Array() as Int32Array };
  return (step) => {
    checkInteger("step", step, 0);
    const epoch = Math.floor(step / stepsPerEpoch);
    if (epoch !== kept.epoch) {
      const stream = randomStream(seed, Purpose.order, epoch);
      kept = { epoch, order: stream.permutation(count) };
    }
    const start = (step % stepsPerEpoch) * batchSize;
    return kept.order.slice(start, start + batchSize);
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
