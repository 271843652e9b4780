/**
 * Axes with a title, a unit and a scale.
 *
 * @module
 */
import type { Attributes } from "./figure.ts";
import { plainText } from "./plain_text.ts";

/** One axis of a figure. */
export interface Axis {
  /** What is drawn along it, such as "test error". */
  title: string;
  /** Its unit, such as "%" or "epochs"; shown in brackets. */
  unit?: string;
  /**
   * How numbers are laid out.
   *
   * @default {"linear"}
   */
  scale?: "linear" | "log";
  /** First and last value shown, in the axis's own unit; all data if absent. */
  range?: [number, number];
}

/** The title of an axis with its unit, as plain text. */
export function axisTitle(axis: { title: string; unit?: string }): string {
  return axis.unit === undefined ? axis.title : `${axis.title} (${axis.unit})`;
}

/**
 * The plotly attributes of an axis.
 *
 * @throws {RangeError} If a bound of the range is not finite, or not positive
 * on a log axis.
 *
 * @example
 * ```ts
 * import { axisAttributes } from "./axis.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const axis = axisAttributes({ title: "time", unit: "s", scale: "log", range: [1, 100] });
 * deepStrictEqual(axis.title, { text: "time (s)" });
 * deepStrictEqual(axis.range, [0, 2]); // plotly wants exponents
 * ```
 */
export function axisAttributes(axis: Axis): Attributes {
  const isLog = axis.scale === "log";
  const result: Attributes = { title: { text: plainText(axisTitle(axis)) } };
  if (isLog) Object.assign(result, { type: "log", nticks: 6 });
  if (axis.range !== undefined) {
    for (const bound of axis.range) {
      if (!Number.isFinite(bound) || (isLog && bound <= 0)) {
        throw new RangeError(
          `range of the axis "${axis.title}" must be finite${
            isLog ? " and > 0 on a log scale" : ""
          }, got ${bound}`,
        );
      }
    }
    result.range = axis.range.map((v) => isLog ? Math.log10(v) : v);
  }
  return result;
}
