/**
 * What differences over paired seeds say: t intervals, p values, verdicts, and
 * Holm's correction over the claims of a paper.
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
 * import { tInterval } from "./statistics.ts";
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
 * import { pValue } from "./statistics.ts";
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

/** What a comparison says of a claim. */
export type Verdict =
  | "reproduced"
  | "contradicted"
  | "inconclusive"
  | "not judged"
  | "not run";

/**
 * The verdict on a claim that a quantity is positive, from paired differences.
 *
 * `reproduced`: the 95 % interval lies above zero and reaches the smallest effect
 * that was stated beforehand; `contradicted`: it lies below zero, or wholly below
 * that effect; `inconclusive` otherwise.
 *
 * @param differences One value a seed, oriented so that the claim is "positive".
 * @param smallestEffect The least difference that would matter, at least 0.
 */
export function judge(
  differences: readonly number[],
  smallestEffect: number,
): { verdict: Verdict; interval: Interval; p: number } {
  const interval = tInterval(differences);
  const verdict = interval.low > 0 && interval.high >= smallestEffect
    ? "reproduced"
    : interval.high < smallestEffect
    ? "contradicted"
    : "inconclusive";
  return { verdict, interval, p: pValue(differences, 0) };
}

/**
 * The jackknife's pseudo-values of a statistic of n things, which stand for n
 * independent measurements of it: θᵢ = n·θ(all) − (n − 1)·θ(all but i).
 *
 * Their interval is that of a statistic that has no single value a seed, such as
 * the error of ensembles; the jackknife's variance errs on the large side.
 *
 * @param count How many things there are, n, at least 2.
 * @param statistic θ of the things that are left, by their indices.
 *
 * @example Those of a mean are the values themselves
 * ```ts
 * import { pseudoValues } from "./statistics.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const values = [1, 2, 6];
 * const mean = (kept: readonly number[]) =>
 *   kept.reduce((sum, i) => sum + values[i]!, 0) / kept.length;
 * deepStrictEqual(pseudoValues(3, mean), values);
 * ```
 *
 * Reference: J. Tukey, Ann. Math. Statist. 29, 1958; B. Efron, C. Stein, Ann.
 * Statist. 9, 1981, on its variance.
 */
export function pseudoValues(
  count: number,
  statistic: (kept: readonly number[]) => number,
): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  const whole = count * statistic(all);
  return all.map((i) =>
    whole - (count - 1) * statistic(all.filter((j) => j !== i))
  );
}

/** The verdict on a claim of several parts: it holds if all do, and fails if one fails. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.every((verdict) => verdict === "reproduced")) {
    return "reproduced";
  }
  return verdicts.includes("contradicted") ? "contradicted" : "inconclusive";
}

/**
 * Holm's correction: which of several tests still hold at a family-wise error
 * rate.
 *
 * @param pValues One a test.
 * @param level The rate. @default {0.05}
 * @returns For each test, whether it is rejected after the correction.
 *
 * @example
 * ```ts
 * import { holm } from "./statistics.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(holm([0.01, 0.04, 0.03, 0.005]), [true, false, false, true]);
 * ```
 *
 * Reference: S. Holm, Scand. J. Statist. 6, 1979.
 */
export function holm(pValues: readonly number[], level = 0.05): boolean[] {
  const order = pValues.map((_, i) => i).sort((a, b) =>
    pValues[a]! - pValues[b]!
  );
  const rejected = pValues.map(() => false);
  for (const [rank, i] of order.entries()) {
    if (pValues[i]! > level / (pValues.length - rank)) break;
    rejected[i] = true;
  }
  return rejected;
}
