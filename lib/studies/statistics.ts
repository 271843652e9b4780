/**
 * What differences over paired seeds say of a claim.
 *
 * @module
 */
import { type Interval, pValue, tInterval } from "../statistics/t_interval.ts";

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

/** What the tests of a claim's parts say of it: the verdict, and the largest p. */
export function jointly(
  tests: readonly { verdict: Verdict; p: number }[],
): { verdict: Verdict; p: number } {
  return {
    verdict: together(tests.map(({ verdict }) => verdict)),
    p: Math.max(...tests.map(({ p }) => p)),
  };
}
