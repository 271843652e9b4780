/**
 * The same quantity for several categories and kinds, with error bars.
 *
 * @module
 */
import { type Axis, axisAttributes } from "./axis.ts";
import { errorBars } from "./error_bars.ts";
import { createFigure } from "./create_figure.ts";
import type { Attributes, Figure, FigureOptions } from "./figure.ts";
import { checkLengths, type Numbers, toJson } from "./numbers.ts";
import { seriesStyle } from "./palette.ts";
import { plainText, wrapText } from "./plain_text.ts";

/** One value a category in a {@link comparisonFigure}. */
export interface ComparisonSeries {
  /** The name in the legend. */
  name: string;
  /** The values in the order of the categories. */
  values: Numbers;
  /** Lower ends of the error bars. */
  low?: Numbers;
  /** Upper ends of the error bars. */
  high?: Numbers;
  /** Whether the markers are hollow, for values that were not measured here. */
  hollow?: boolean;
}

/** What {@link comparisonFigure} takes. */
export interface ComparisonFigureOptions extends FigureOptions {
  /** The axis of the values. */
  value: Axis;
  /** The categories, from the top. */
  categories: readonly string[];
  /** The series, in the order of the legend. */
  series: readonly ComparisonSeries[];
}

/**
 * A dot plot: a row for each category, in it a dot with an error bar for each
 * series. Dots, because a bar would have to start at zero.
 *
 * @throws {TypeError} If a series has not one value for each category, or
 * categories are not distinct.
 * @throws {RangeError} If the axis has a bad range.
 *
 * @example
 * ```ts
 * import { comparisonFigure } from "./comparison_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = comparisonFigure({
 *   title: "Test error by schedule",
 *   value: { title: "test error", unit: "%" },
 *   categories: ["step", "Gaussian"],
 *   series: [
 *     { name: "paper", values: [18.79, 18.15], hollow: true },
 *     { name: "here", values: [21.2, 20.9], low: [20.8, 20.6], high: [21.6, 21.2] },
 *   ],
 * });
 * deepStrictEqual(figure.data[1]?.y, [0.15, 1.15]); // below the paper's
 * ```
 */
export function comparisonFigure(options: ComparisonFigureOptions): Figure {
  const { categories, series } = options;
  if (new Set(categories).size !== categories.length) {
    throw new TypeError("categories must be distinct");
  }
  const names = categories.map((name) =>
    plainText(wrapText(name, (text) => text.length, 22))
  );
  const step = 0.6 / series.length;
  const data = series.map((one, index): Attributes => {
    const { name, values, low, high } = one;
    checkLengths(name, categories.length, { values, low, high });
    const { colour, symbol } = seriesStyle(index);
    const offset = (index - (series.length - 1) / 2) * step;
    const trace: Attributes = {
      type: "scatter",
      mode: "markers",
      name: plainText(name),
      x: toJson(values),
      y: toJson(categories.map((_, row) => row + offset)),
      text: names,
      marker: {
        color: colour,
        symbol: one.hollow ? `${symbol}-open` : symbol,
        size: 9,
        line: { width: one.hollow ? 2 : 0, color: colour },
      },
      hovertemplate: "%{text}: %{x:.4~g}",
    };
    if (low && high) trace.error_x = errorBars(values, low, high, colour);
    return trace;
  });
  return createFigure(options, data, {
    height: 150 + categories.length * Math.max(32, 20 * series.length),
    xaxis: axisAttributes(options.value),
    yaxis: {
      tickvals: categories.map((_, row) => row),
      ticktext: names,
      range: [categories.length - 0.5, -0.5],
      ticks: "",
      showgrid: false,
    },
    showlegend: series.length > 1,
  });
}
