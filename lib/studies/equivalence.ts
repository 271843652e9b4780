/**
 * Whether two arms come to the same value.
 *
 * @module
 */
import type { Arm } from "./comparisons.ts";
import type { Verdict } from "./statistics.ts";
import type { Run } from "./study.ts";
import { type Interval, pValue, tInterval } from "../statistics/t_interval.ts";

/** What a comparison says of a claim that two things are the same. */
export interface Equivalence {
  /** What it says. */
  verdict: Verdict;
  /** The difference; undefined where it has fewer than two values. */
  interval?: Interval;
  /** p value of the test; 1 where there is none. */
  p: number;
}

/**
 * The verdict on a claim that a quantity is 0 to within a bound, from paired
 * differences: `reproduced` where the 95 % interval lies within ±bound, `contradicted`
 * where it lies wholly outside, `inconclusive` otherwise.
 *
 * p is the larger one of the tests that the mean is the bound and that it is −bound,
 * and 1 where the mean is outside.
 *
 * @param differences One value a seed, at least two.
 * @param bound How far from 0 is still the same, > 0.
 *
 * @example
 * ```ts
 * import { equivalence } from "./equivalence.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(equivalence([0.1, -0.1, 0.2], 1).verdict, "reproduced");
 * strictEqual(equivalence([3, 3.1, 3.2], 1).verdict, "contradicted");
 * strictEqual(equivalence([0, 2, -3], 1).verdict, "inconclusive");
 * ```
 *
 * Reference: D. Schuirmann, J. Pharmacokinet. Biopharm. 15, 1987 (two one-sided tests).
 */
export function equivalence(
  differences: readonly number[],
  bound: number,
): Equivalence {
  const interval = tInterval(differences);
  const { low, high, mean } = interval;
  const p = Math.abs(mean) < bound
    ? Math.max(pValue(differences, bound), pValue(differences, -bound))
    : 1;
  if (low > -bound && high < bound) {
    return { verdict: "reproduced", interval, p };
  }
  const outside = low >= bound || high <= -bound;
  return { verdict: outside ? "contradicted" : "inconclusive", interval, p };
}

/**
 * Whether an arm comes to the value of another, seed by seed.
 *
 * Where more than half of its runs come to none, it does not; where some do, that stays
 * open at best. Seeds of which the other arm has no value say nothing.
 *
 * @param one The arm.
 * @param other The arm that it is compared with.
 * @param value What a run comes to; undefined where it comes to nothing.
 * @param bound How far apart values may be that are the same, > 0.
 */
export function comesToTheSame(
  one: Arm,
  other: Arm,
  value: (run: Run) => number | undefined,
  bound: number,
): Equivalence {
  const pairs = [...one].flatMap(([seed, run]) => {
    const reference = other.get(seed) && value(other.get(seed)!);
    return reference === undefined ? [] : [[value(run), reference] as const];
  });
  const differences = pairs.flatMap(([own, reference]) =>
    own === undefined ? [] : [own - reference]
  );
  const lost = pairs.length - differences.length;
  const found: Equivalence = differences.length < 2
    ? { verdict: "inconclusive", p: 1 }
    : equivalence(differences, bound);
  if (lost > pairs.length / 2) return { ...found, verdict: "contradicted" };
  return lost > 0 && found.verdict === "reproduced"
    ? { ...found, verdict: "inconclusive" }
    : found;
}
