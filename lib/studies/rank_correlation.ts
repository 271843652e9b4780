/**
 * How well the order of one quantity tells that of another.
 *
 * @module
 */

/** Ranks from 1; equal values share the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/**
 * Spearman's rank correlation: the correlation of the ranks of two lists of numbers,
 * in [−1, 1]; 0 where one of them is constant.
 *
 * @param a One number a thing.
 * @param b Another number for each of the same things.
 * @throws {RangeError} If the lists differ in length or have fewer than two numbers.
 *
 * @example
 * ```ts
 * import { rankCorrelation } from "./rank_correlation.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(rankCorrelation([1, 2, 3], [1, 10, 100]), 1);
 * strictEqual(rankCorrelation([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]).toFixed(4), "0.8208");
 * ```
 *
 * Reference: C. Spearman, Am. J. Psychol. 15, 1904.
 */
export function rankCorrelation(
  a: readonly number[],
  b: readonly number[],
): number {
  if (a.length !== b.length || a.length < 2) {
    throw new RangeError(
      `a and b must be lists of one length, at least 2, got ${a.length} and ${b.length}`,
    );
  }
  const middle = (a.length + 1) / 2;
  const [x, y] = [a, b].map((list) => ranks(list).map((rank) => rank - middle));
  const product = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, i) => sum + value * q[i]!, 0);
  const scale = Math.sqrt(product(x!, x!) * product(y!, y!));
  return scale === 0 ? 0 : product(x!, y!) / scale;
}
