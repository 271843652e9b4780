import type { Schedule } from "./schedule.ts";

/** The most values that a mean is made of. */
const MOST_VALUES = 2 ** 17;

/**
 * The mean of a schedule over its length: what the steps of a run add up to,
 * divided by their number.
 *
 * mean = (1/T)·Σ η(t) over t = 0, …, T − 1, where T is the length, `steps`. Of a
 * schedule longer than 131,072 steps that many evenly spaced ones count, each
 * the middle of a block; that is within 1e-5 of the range of the values where
 * these are monotonic, and far closer where they are smooth.
 *
 * @param schedule A schedule that has a length.
 * @returns The mean.
 * @throws {TypeError} If the schedule has no length.
 *
 * @example
 * ```ts
 * import { linear } from "./linear.ts";
 * import { mean } from "./mean.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(mean(linear({ from: 1, to: 0, steps: 4 })), 0.625);
 * ```
 */
export function mean(schedule: Schedule): number {
  const { steps } = schedule;
  if (steps === undefined) {
    throw new TypeError(
      `a mean needs a length, but this ${schedule.spec.kind} never ends: give it steps`,
    );
  }
  const count = Math.min(steps, MOST_VALUES);
  const block = steps / count;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += schedule(i * block + (block - 1) / 2);
  return sum / count;
}
