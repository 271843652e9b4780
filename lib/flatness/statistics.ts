/**
 * Statistics of a few numbers.
 *
 * @module
 */

/**
 * The middle of some numbers.
 *
 * @example
 * ```ts
 * import { median } from "./statistics.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(median([5, 1, 2]), 2);
 * strictEqual(median([4, 1, 2, 9]), 3);
 * ```
 */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? sorted[Math.floor(middle)]!
    : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * The standard error of a mean from equally good values of it, sd/√n; null of one.
 *
 * @example
 * ```ts
 * import { standardError } from "./statistics.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(standardError([1, 3]), 1);
 * strictEqual(standardError([1]), null);
 * ```
 */
export function standardError(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return Math.sqrt(squares / (n - 1) / n);
}

/** Independent errors together; null where one is not known. */
export function together(...errors: readonly (number | null)[]): number | null {
  return errors.includes(null) ? null : Math.hypot(...errors as number[]);
}

/**
 * The mean of each column of a table.
 *
 * @example
 * ```ts
 * import { meansOfColumns } from "./statistics.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(meansOfColumns([[1, 2], [3, 6]]), [2, 4]);
 * ```
 */
export function meansOfColumns(rows: readonly (readonly number[])[]): number[] {
  return rows[0]!.map((_, column) =>
    rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length
  );
}
