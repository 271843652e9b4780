/**
 * Several tests at once.
 *
 * @module
 */

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
 * import { holm } from "./holm.ts";
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
