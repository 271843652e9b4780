/**
 * Points in a plane, with error bars.
 *
 * @module
 */
import { type Axis, axisAttributes } from "./axis.ts";
import { errorBars } from "./error_bars.ts";
import { createFigure } from "./create_figure.ts";
import type { Attributes, Figure, FigureOptions } from "./figure.ts";
import { checkLengths, type Numbers, toJson } from "./numbers.ts";
import { seriesStyle } from "./palette.ts";
import { plainText } from "./plain_text.ts";

/** The points of one kind in a {@link scatterFigure}. */
export interface ScatterSeries {
  /** The name in the legend. */
  name: string;
  /** Horizontal positions. */
  x: Numbers;
  /** Vertical positions. */
  y: Numbers;
  /** Left ends of horizontal error bars. */
  xLow?: Numbers;
  /** Right ends of horizontal error bars. */
  xHigh?: Numbers;
  /** Lower ends of vertical error bars. */
  yLow?: Numbers;
  /** Upper ends of vertical error bars. */
  yHigh?: Numbers;
  /** A text for each point, shown when it is pointed at. */
  labels?: readonly string[];
}

/** What {@link scatterFigure} takes. */
export interface ScatterFigureOptions extends FigureOptions {
  /** The horizontal axis. */
  x: Axis;
  /** The vertical axis. */
  y: Axis;
  /** The kinds of points, in the order of the legend. */
  series: readonly ScatterSeries[];
  /** Whether the line y = x is drawn, for two measurements of the same thing. */
  diagonal?: boolean;
}

/**
 * A scatter plot: points with error bars from their low to their high ends.
 *
 * @throws {TypeError} If lists of a series differ in length.
 * @throws {RangeError} If an axis has a bad range.
 *
 * @example
 * ```ts
 * import { scatterFigure } from "./scatter_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = scatterFigure({
 *   title: "Loss at t = 1",
 *   x: { title: "step schedule" },
 *   y: { title: "Gaussian schedule" },
 *   series: [{ name: "direction", x: [1, 2], y: [0.5, 1.5], yLow: [0.4, 1], yHigh: [0.7, 2] }],
 *   diagonal: true,
 * });
 * deepStrictEqual(figure.data[1]?.y, [0.5, 1.5]);
 * ```
 */
export function scatterFigure(options: ScatterFigureOptions): Figure {
  const { series } = options;
  const data = series.map((one, index): Attributes => {
    const { name, x, y, xLow, xHigh, yLow, yHigh, labels } = one;
    checkLengths(name, x.length, { y, xLow, xHigh, yLow, yHigh, labels });
    const { colour, symbol } = seriesStyle(index);
    const trace: Attributes = {
      type: "scatter",
      mode: "markers",
      name: plainText(name),
      x: toJson(x),
      y: toJson(y),
      marker: { color: colour, symbol, size: 8, opacity: 0.85 },
      hovertemplate: `${labels ? "%{text}<br>" : ""}(%{x:.4~g}, %{y:.4~g})`,
    };
    if (labels !== undefined) trace.text = labels.map(plainText);
    if (xLow && xHigh) trace.error_x = errorBars(x, xLow, xHigh, colour);
    if (yLow && yHigh) trace.error_y = errorBars(y, yLow, yHigh, colour);
    return trace;
  });
  if (options.diagonal) data.unshift(diagonalTrace(series));
  return createFigure(options, data, {
    xaxis: axisAttributes(options.x),
    yaxis: axisAttributes(options.y),
    showlegend: series.length > 1 || options.diagonal === true,
  });
}

/** The line y = x over the range of both axes. */
function diagonalTrace(series: readonly ScatterSeries[]): Attributes {
  const values = series.flatMap(({ x, y }) => [...toJson(x), ...toJson(y)])
    .filter((value) => value !== null);
  const ends = toJson([Math.min(...values), Math.max(...values)]);
  return {
    type: "scatter",
    mode: "lines",
    name: "y = x",
    x: ends,
    y: ends,
    line: { color: "#808a96", dash: "dot", width: 1.5 },
    hoverinfo: "skip",
  };
}
