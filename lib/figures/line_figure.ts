/**
 * Lines over a common axis, each with a band where its uncertainty is known.
 *
 * @module
 */
import { type Axis, axisAttributes } from "./axis.ts";
import { bandTrace, logFloor } from "./band.ts";
import { createFigure } from "./create_figure.ts";
import type { Attributes, Figure, FigureOptions } from "./figure.ts";
import { checkLengths, type Numbers, toJson } from "./numbers.ts";
import { palette, rampColour, seriesStyle } from "./palette.ts";
import { plainText } from "./plain_text.ts";

/** One line of a {@link lineFigure}. */
export interface LineSeries {
  /** The name in the legend. */
  name: string;
  /** Where the points are, in order. */
  x: Numbers;
  /** The values; one that is missing or not finite interrupts the line. */
  y: Numbers;
  /** The lower end of the band, if there is one. */
  low?: Numbers;
  /** The upper end of the band. */
  high?: Numbers;
  /** Position of the colour in the palette; by default the series' own. */
  colour?: number;
  /** The dash of the line; by default the palette's. */
  dash?: "solid" | "dash" | "dot" | "dashdot";
  /** Whether each point is marked, for few points. */
  markers?: boolean;
}

/** What {@link lineFigure} takes. */
export interface LineFigureOptions extends FigureOptions {
  /** The horizontal axis. */
  x: Axis;
  /** The vertical axis. */
  y: Axis;
  /** The lines, in the order of the legend. */
  series: readonly LineSeries[];
  /** Whether the series are an ordered family; they get a ramp of colours. */
  ordered?: boolean;
}

/**
 * A line chart: one line a series, with a band between `low` and `high`.
 *
 * @throws {TypeError} If lists of a series differ in length, or one end of a
 * band is missing.
 * @throws {RangeError} If an axis has a bad range.
 *
 * @example
 * ```ts
 * import { lineFigure } from "./line_figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = lineFigure({
 *   title: "Test error over training",
 *   caption: "Mean over five seeds, band: 95 % interval.",
 *   x: { title: "epoch" },
 *   y: { title: "test error", unit: "%" },
 *   series: [{
 *     name: "k = 1",
 *     x: [1, 2, 3],
 *     y: [40, 30, 25],
 *     low: [38, 29, 24],
 *     high: [42, 31, 26],
 *   }],
 * });
 * strictEqual(figure.data.length, 2); // the band and the line
 * ```
 */
export function lineFigure(options: LineFigureOptions): Figure {
  const { series, ordered = false } = options;
  const floor = options.y.scale === "log" ? logFloor(series) : undefined;
  const data = series.flatMap((one, index) => {
    const { name, x, y, low, high } = one;
    checkLengths(name, x.length, { y, low, high });
    if ((low === undefined) !== (high === undefined)) {
      throw new TypeError(`"${name}" must have both low and high, or neither`);
    }
    const style = seriesStyle(index);
    const colour = one.colour !== undefined
      ? palette[one.colour % palette.length]!
      : ordered
      ? rampColour(series.length === 1 ? 0 : index / (series.length - 1))
      : style.colour;
    const dash = one.dash ?? (ordered ? "solid" : style.dash);
    const line: Attributes = {
      type: "scatter",
      mode: one.markers ? "lines+markers" : "lines",
      name: plainText(name),
      legendgroup: name,
      x: toJson(x),
      y: toJson(y),
      line: { color: colour, dash, width: 2 },
      hovertemplate: "%{y:.4~g}",
    };
    if (one.markers) {
      line.marker = {
        symbol: seriesStyle(one.colour ?? index).symbol,
        size: 7,
      };
    }
    if (low === undefined || high === undefined) return [line];
    const ends = toJson(high);
    line.customdata = toJson(low).map((value, at) => [value, ends[at]!]);
    line.hovertemplate =
      "%{y:.4~g} [%{customdata[0]:.4~g}, %{customdata[1]:.4~g}]";
    return [bandTrace({ name, x, low, high }, colour, floor), line];
  });
  return createFigure(options, data, {
    xaxis: axisAttributes(options.x),
    yaxis: withDecadeTicks(axisAttributes(options.y), options),
    showlegend: series.length > 1,
    hovermode: "x unified",
  });
}

/** Ticks at whole powers of ten only, on a log axis with two or more of them. */
function withDecadeTicks(
  axis: Attributes,
  { y, series }: LineFigureOptions,
): Attributes {
  if (y.scale !== "log" || y.range !== undefined) return axis;
  const exponents = series.flatMap((one) => toJson(one.y))
    .filter((value) => value !== null && value > 0)
    .map((value) => Math.log10(value!));
  const low = exponents.reduce((a, b) => Math.min(a, b), Infinity);
  const high = exponents.reduce((a, b) => Math.max(a, b), -Infinity);
  const decades = Math.floor(high) - Math.ceil(low);
  if (!(decades >= 1)) return axis;
  const { nticks: _, ...rest } = axis;
  return { ...rest, dtick: Math.ceil((decades + 1) / 6) };
}
