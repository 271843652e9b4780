/**
 * Medians and their intervals.
 *
 * @module
 */

/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[middle]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * An interval that holds the median of the distribution with a probability of at
 * least 95 %, whatever the distribution: from the k-th smallest to the k-th
 * largest value, with the largest k for which P(Binomial(n, ½) < k) ≤ 2.5 %.
 *
 * @throws {RangeError} If there are fewer than 6 values: no such interval then.
 */
export function medianInterval(values: readonly number[]): [number, number] {
  const n = values.length;
  if (n < 6) throw new RangeError(`values must be at least 6, got ${n}`);
  let k = 0;
  for (let mass = 0, term = 0.5 ** n;; k++) {
    mass += term; // P(Binomial ≤ k)
    if (mass > 0.025) break;
    term *= (n - k) / (k + 1);
  }
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[k - 1]!, sorted[n - k]!];
}
