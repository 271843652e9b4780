/**
 * How a value tells a notebook what it looks like.
 *
 * This file needs no other, so that pure code (schedules, say) can use it: what
 * draws is loaded when something is first shown.
 *
 * @module
 */
import type { Figure } from "./figure.ts";

/** The method that the Deno kernel asks of a cell's last value. */
export const display: unique symbol = Symbol.for("Jupyter.display");

/** A value that shows itself. */
export interface Displayed {
  /** The value as a MIME bundle. */
  [display](): Promise<object>;
}

/** Whether a value shows itself. */
export function isDisplayed(value: unknown): value is Displayed {
  return (typeof value === "object" && value !== null ||
    typeof value === "function") &&
    display in value && typeof value[display] === "function";
}

/**
 * Makes a value show itself as a figure. The method is not enumerable: copies,
 * comparisons and JSON do not see it.
 *
 * @param value The value; it is changed.
 * @param draw Its figure, made when it is shown.
 * @returns The value.
 *
 * @example
 * ```ts
 * import { lineFigure } from "./line_figure.ts";
 * import { display, displayedAs, isDisplayed } from "./displayed.ts";
 * import { deepStrictEqual, ok } from "node:assert";
 *
 * const points = { x: [0, 1], y: [2, 3] };
 * const pair = displayedAs(points, () => lineFigure({
 *   title: "A pair",
 *   x: { title: "x" },
 *   y: { title: "y" },
 *   series: [{ name: "pair", ...points }],
 * }));
 * deepStrictEqual(pair, { x: [0, 1], y: [2, 3] });
 * ok(isDisplayed(pair));
 * deepStrictEqual(Object.keys(await pair[display]()), [
 *   "application/vnd.plotly.v1+json",
 *   "image/png",
 *   "text/plain",
 * ]);
 * ```
 */
export function displayedAs<T extends object>(
  value: T,
  draw: () => Figure | Promise<Figure>,
): T {
  return Object.defineProperty(value, display, {
    configurable: true,
    value: async () => {
      const { figureBundle } = await import("./figure_bundle.ts");
      return await figureBundle(await draw());
    },
  });
}

/**
 * Makes a value show itself as a line of text; as {@linkcode displayedAs}, seen by
 * nothing but a notebook.
 *
 * @param value The value; it is changed.
 * @param text The line.
 * @returns The value.
 *
 * @example
 * ```ts
 * import { display, displayedAsText } from "./displayed.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const point = displayedAsText({ x: 1, y: 2 }, "a point");
 * deepStrictEqual(point, { x: 1, y: 2 });
 * deepStrictEqual(await point[display](), { "text/plain": "a point" });
 * ```
 */
export function displayedAsText<T extends object>(
  value: T,
  text: string,
): T & Displayed {
  const show = () => Promise.resolve({ "text/plain": text });
  return Object.defineProperty(value, display, {
    configurable: true,
    value: show,
  }) as T & Displayed;
}
