/**
 * The sign test.
 *
 * @module
 */

/** What a sign test says. */
export interface SignTest {
  /** How many differences are positive. */
  positive: number;
  /** How many are not 0. */
  count: number;
  /** Two-sided p value. */
  p: number;
}

/**
 * How likely a split of n pairs at least as uneven as k to n − k is where either side
 * is as likely as the other: two-sided, from the binomial distribution with
 * probability ½.
 *
 * @param higher The pairs on one side, k.
 * @param pairs All pairs without ties, n.
 *
 * @example Nine of ten: 2·(1 + 10)/2¹⁰
 * ```ts
 * import { splitPValue } from "./sign_test.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(splitPValue(9, 10), 22 / 1024);
 * strictEqual(splitPValue(5, 10), 1);
 * strictEqual(splitPValue(0, 0), 1);
 * ```
 */
export function splitPValue(higher: number, pairs: number): number {
  const least = Math.min(higher, pairs - higher);
  let term = 2 ** -pairs, sum = 0;
  for (let k = 0; k <= least; k++) {
    sum += term;
    term *= (pairs - k) / (k + 1);
  }
  return Math.min(1, 2 * sum);
}

/**
 * Whether differences are as often positive as negative: two-sided, from the binomial
 * distribution with probability ½; those that are 0 do not count.
 *
 * @example Nine of ten: p = 2·(1 + 10)/2¹⁰
 * ```ts
 * import { signTest } from "./sign_test.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(signTest([1, 2, 3, 4, 5, 6, 7, 8, 9, -1, 0]), {
 *   positive: 9,
 *   count: 10,
 *   p: 22 / 1024,
 * });
 * ```
 *
 * Reference: W. Dixon, A. Mood, J. Amer. Statist. Assoc. 41, 1946.
 */
export function signTest(differences: readonly number[]): SignTest {
  const positive = differences.filter((d) => d > 0).length;
  const count = positive + differences.filter((d) => d < 0).length;
  return { positive, count, p: splitPValue(positive, count) };
}
