/**
 * Student's interval of a mean, and the test that goes with it.
 *
 * @module
 */
import cdf from "@stdlib/stats-base-dists-t-cdf";
import quantile from "@stdlib/stats-base-dists-t-quantile";

/** Mean and 95 % t interval of a sample. */
export interface Interval {
  /** Number of values. */
  count: number;
  /** Their mean. */
  mean: number;
  /** Lower end of the 95 % interval of the mean. */
  low: number;
  /** Upper end. */
  high: number;
}

/**
 * The mean of a sample and its interval: mean ± t₀.₉₇₅(n − 1)·s/√n.
 *
 * @throws {RangeError} If there are fewer than two values.
 *
 * @example
 * ```ts
 * import { tInterval } from "./t_interval.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { mean, low, high } = tInterval([1, 2, 3, 4, 5]);
 * strictEqual(mean, 3);
 * strictEqual(low.toFixed(4), "1.0368");
 * strictEqual(high.toFixed(4), "4.9632");
 * ```
 *
 * Reference: Student, Biometrika 6, 1908.
 */
export function tInterval(values: readonly number[]): Interval {
  const { count, mean, error } = moments(values);
  const reach = quantile(0.975, count - 1) * error;
  return { count, mean, low: mean - reach, high: mean + reach };
}

function moments(values: readonly number[]) {
  const count = values.length;
  if (count < 2) {
    throw new RangeError(`an interval needs at least two values, got ${count}`);
  }
  const mean = values.reduce((sum, v) => sum + v, 0) / count;
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { count, mean, error: Math.sqrt(squares / (count - 1) / count) };
}

/**
 * Two-sided p value of Student's test that the mean of a sample is `expected`.
 *
 * @example
 * ```ts
 * import { pValue } from "./t_interval.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(pValue([1, 2, 3, 4, 5], 0).toFixed(6), "0.013236");
 * ```
 */
export function pValue(values: readonly number[], expected: number): number {
  const { count, mean, error } = moments(values);
  if (error === 0) return mean === expected ? 1 : 0;
  return 2 * cdf(-Math.abs(mean - expected) / error, count - 1);
}
