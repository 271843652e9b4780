/**
 * Error bars between two ends.
 *
 * @module
 */
import type { Attributes } from "./figure.ts";
import { type Numbers, toJson } from "./numbers.ts";

/**
 * Plotly's error bars, whose lengths go from a value up to its high end and
 * down to its low end; none where one of the three is missing.
 *
 * @example
 * ```ts
 * import { errorBars } from "./error_bars.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const bars = errorBars([5, null], [3, 1], [6, 2], "#1f83dc");
 * deepStrictEqual(bars.array, [1, null]);
 * deepStrictEqual(bars.arrayminus, [2, null]);
 * ```
 */
export function errorBars(
  values: Numbers,
  low: Numbers,
  high: Numbers,
  colour: string,
): Attributes {
  const difference = (of: Numbers, minus: Numbers) =>
    toJson(Array.from(of, (value, index) => {
      const other = minus[index] ?? null;
      return value === null || other === null ? null : value - other;
    }));
  return {
    type: "data",
    symmetric: false,
    array: difference(high, values),
    arrayminus: difference(values, low),
    color: colour,
    thickness: 1.5,
    width: 3,
  };
}
