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
  const rarer = Math.min(positive, count - positive);
  let ways = 1, sum = 0;
  for (let k = 0; k <= rarer; k++) {
    sum += ways;
    ways = ways * (count - k) / (k + 1);
  }
  return { positive, count, p: Math.min(1, 2 * sum / 2 ** count) };
}
