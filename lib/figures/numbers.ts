/**
 * Numbers as figures hold them.
 *
 * @module
 */

/** Numbers in order; what is not finite leaves a gap in the figure. */
export type Numbers = ArrayLike<number | null>;

/**
 * Numbers ready for JSON: six significant digits, which no screen tells from
 * more, and `null` where one is missing or not finite.
 *
 * @example
 * ```ts
 * import { toJson } from "./numbers.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * deepStrictEqual(toJson([1 / 3, NaN, 12345678]), [0.333333, null, 12345700]);
 * ```
 */
export function toJson(numbers: Numbers): (number | null)[] {
  return Array.from(
    numbers,
    (value) =>
      typeof value === "number" && Number.isFinite(value)
        ? Number(value.toPrecision(6))
        : null,
  );
}

/**
 * Refuses lists of a series that are not as long as its first.
 *
 * @throws {TypeError} Naming the series, the list and both lengths.
 */
export function checkLengths(
  series: string,
  expected: number,
  lists: Record<string, ArrayLike<unknown> | undefined>,
): void {
  for (const [name, list] of Object.entries(lists)) {
    if (list !== undefined && list.length !== expected) {
      throw new TypeError(
        `${name} of "${series}" must have ${expected} entries, got ${list.length}`,
      );
    }
  }
}
