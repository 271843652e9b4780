/**
 * A quantity over a plane, as lines of equal height.
 *
 * @module
 */
import { type Axis, axisAttributes, axisTitle } from "./axis.ts";
import { createFigure } from "./create_figure.ts";
import type { Attributes, Figure, FigureOptions } from "./figure.ts";
import { checkLengths, type Numbers, toJson } from "./numbers.ts";
import { palette } from "./palette.ts";
import { plainText } from "./plain_text.ts";

/** What {@link contourFigure} takes. */
export interface ContourFigureOptions extends FigureOptions {
  /** The horizontal axis and its coordinates, ascending. */
  x: Axis & {
    /** The coordinates of the columns. */
    values: Numbers;
  };
  /** The vertical axis and its coordinates, ascending. */
  y: Axis & {
    /** The coordinates of the rows. */
    values: Numbers;
  };
  /** The height; on a log scale only what is > 0 is drawn. */
  z: Omit<Axis, "range"> & {
    /** One list a row, one number a column, `[rows][columns]`. */
    values: readonly Numbers[];
  };
  /** Paths over the plane, such as a trajectory, from their first point on. */
  paths?: readonly {
    /** The name in the legend. */
    name: string;
    /** Horizontal coordinates. */
    x: Numbers;
    /** Vertical coordinates. */
    y: Numbers;
  }[];
}

/** Heights as they are drawn: exponents on a log scale, null where there is none. */
export function heightsOf(
  { x, y, z }: ContourFigureOptions,
): (number | null)[][] {
  const isLog = z.scale === "log";
  checkLengths(z.title, y.values.length, { rows: z.values });
  const height = (value: number | null) =>
    value === null || !isLog ? value : value > 0 ? Math.log10(value) : null;
  return z.values.map((row, index) => {
    checkLengths(z.title, x.values.length, { [`row ${index}`]: row });
    return toJson(Array.from(row, height));
  });
}

/**
 * Contours: lines of equal height over a plane, coloured between, with paths.
 *
 * @throws {TypeError} If the numbers are not `[rows][columns]`, or a path's lists
 * differ in length.
 * @throws {RangeError} If an axis has a bad range.
 *
 * @example
 * ```ts
 * import { contourFigure } from "./contour_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = contourFigure({
 *   title: "Loss around the minimum",
 *   x: { title: "α", values: [-1, 0, 1] },
 *   y: { title: "β", values: [0, 1] },
 *   z: { title: "loss", scale: "log", values: [[10, 1, 10], [100, 0, 1000]] },
 *   paths: [{ name: "training", x: [1, 0], y: [1, 0] }],
 * });
 * deepStrictEqual(figure.data[0]?.z, [[1, 0, 1], [2, null, 3]]); // exponents
 * deepStrictEqual(figure.data.length, 2);
 * ```
 */
export function contourFigure(options: ContourFigureOptions): Figure {
  const { x, y, z, paths = [] } = options;
  const isLog = z.scale === "log";
  const contours: Attributes = {
    type: "contour",
    x: toJson(x.values),
    y: toJson(y.values),
    z: heightsOf(options),
    customdata: z.values.map(toJson),
    coloraxis: "coloraxis",
    connectgaps: false,
    ncontours: 20,
    contours: { coloring: "fill" },
    line: { width: 0.5, color: "rgba(255,255,255,0.5)" },
    hovertemplate: "(%{x:.4~g}, %{y:.4~g}): %{customdata:.4~g}<extra></extra>",
  };
  const lines = paths.map((path, index): Attributes => {
    checkLengths(path.name, path.x.length, { y: path.y });
    const colour = palette[(index + 1) % palette.length]!;
    return {
      type: "scatter",
      mode: "lines+markers",
      name: plainText(path.name),
      x: toJson(path.x),
      y: toJson(path.y),
      line: { color: colour, width: 2 },
      marker: { size: 5, color: colour, line: { color: "#ffffff", width: 1 } },
      hovertemplate: "(%{x:.4~g}, %{y:.4~g})",
    };
  });
  return createFigure(options, [contours, ...lines], {
    xaxis: { ...axisAttributes(x), showgrid: false },
    yaxis: { ...axisAttributes(y), showgrid: false },
    plot_bgcolor: "rgba(128,138,150,0.3)",
    coloraxis: {
      colorscale: "Viridis",
      colorbar: {
        title: {
          text: plainText(isLog ? `log10 ${axisTitle(z)}` : axisTitle(z)),
          side: "top",
        },
        len: 1,
      },
    },
    showlegend: lines.length > 1,
  });
}
