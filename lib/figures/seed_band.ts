/**
 * The mean of repeated runs and how well it is known.
 *
 * @module
 */
import quantile from "@stdlib/stats-base-dists-t-quantile";
import { checkLengths } from "./numbers.ts";

/** A mean with its interval, point by point. */
export interface SeedBand {
  /** Means over the runs. */
  y: number[];
  /** Lower ends of the interval; NaN where there are fewer than two runs. */
  low: number[];
  /** Upper ends of the interval; NaN where there are fewer than two runs. */
  high: number[];
}

/** Options of {@linkcode seedBand}. */
export interface SeedBandOptions {
  /** The confidence level, in (0, 1). @default {0.95} */
  level?: number;
  /**
   * The least and the largest value that the quantity can have: an interval of few
   * runs may reach beyond, and is cut there. @default {any number}
   */
  within?: readonly [least: number, most: number];
}

/**
 * The mean over runs and its two-sided t interval at each point: m ± t·s/√n,
 * with n the number of runs that have a finite value there, m their mean, s
 * their standard deviation (n − 1 in its denominator), and t the quantile of
 * Student's distribution with n − 1 degrees of freedom. NaN where no run has a
 * value.
 *
 * @param runs One list of values a run, all of the same length.
 * @param options The level; what values the quantity can have.
 *
 * @throws {TypeError} If the runs differ in length.
 * @throws {RangeError} If the level is not in (0, 1).
 *
 * @example
 * ```ts
 * import { seedBand } from "./seed_band.ts";
 * import { deepStrictEqual, ok, strictEqual } from "node:assert";
 *
 * const { y, low, high } = seedBand([[1], [2], [3]]);
 * strictEqual(y[0], 2);
 * ok(Math.abs(high[0]! - (2 + 4.302653 / Math.sqrt(3))) < 1e-5);
 * ok(Math.abs(low[0]! - (2 - 4.302653 / Math.sqrt(3))) < 1e-5);
 *
 * // A share: of two runs the interval is [-0.77, 1.77].
 * const share = seedBand([[0.4], [0.6]], { within: [0, 1] });
 * deepStrictEqual([share.low, share.high], [[0], [1]]);
 * ```
 */
export function seedBand(
  runs: readonly ArrayLike<number>[],
  { level = 0.95, within: [least, most] = [-Infinity, Infinity] }:
    SeedBandOptions = {},
): SeedBand {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`level must be in (0, 1), got ${level}`);
  }
  const length = runs[0]?.length ?? 0;
  const band: SeedBand = { y: [], low: [], high: [] };
  for (const [index, run] of runs.entries()) {
    checkLengths(`run ${index}`, length, { values: run });
  }
  for (let point = 0; point < length; point++) {
    const values = runs.map((run) => run[point]!).filter(Number.isFinite);
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    const half = n < 2
      ? NaN
      : quantile((1 + level) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
    band.y.push(mean);
    band.low.push(Math.max(mean - half, least));
    band.high.push(Math.min(mean + half, most));
  }
  return band;
}
