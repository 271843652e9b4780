/**
 * A quantity over a plane, as colours.
 *
 * @module
 */
import { type Axis, axisAttributes, axisTitle } from "./axis.ts";
import { createFigure } from "./create_figure.ts";
import type { Attributes, Figure, FigureOptions } from "./figure.ts";
import { checkLengths, type Numbers, toJson } from "./numbers.ts";
import { plainText } from "./plain_text.ts";

/** What {@link heatMapFigure} takes. */
export interface HeatMapFigureOptions extends FigureOptions {
  /** The horizontal axis and the centres of the columns, ascending. */
  x: Axis & {
    /** The centres of the columns. */
    values: Numbers;
  };
  /** The vertical axis and the centres of the rows, ascending. */
  y: Axis & {
    /** The centres of the rows. */
    values: Numbers;
  };
  /** The quantity that is shown as colour; on a log scale it must be > 0. */
  z: Omit<Axis, "range"> & {
    /** One list a row, one number a column, `[rows][columns]`. */
    values: readonly Numbers[];
    /** The value in the middle of a diverging scale, such as 0. */
    middle?: number;
  };
}

/**
 * A heat map: one coloured cell a number, with a colour bar. Cells without a
 * finite number stay empty.
 *
 * @throws {TypeError} If the numbers are not `[rows][columns]`.
 * @throws {RangeError} If an axis has a bad range, or a middle is asked for on
 * a log scale.
 *
 * @example
 * ```ts
 * import { heatMapFigure } from "./heat_map_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = heatMapFigure({
 *   title: "Loss around the minimum",
 *   x: { title: "α", values: [-1, 0, 1] },
 *   y: { title: "β", values: [0, 1] },
 *   z: { title: "loss", scale: "log", values: [[10, 1, 10], [100, 10, 1000]] },
 * });
 * deepStrictEqual(figure.data[0]?.z, [[1, 0, 1], [2, 1, 3]]); // exponents
 * ```
 */
export function heatMapFigure(options: HeatMapFigureOptions): Figure {
  const { x, y, z } = options;
  const isLog = z.scale === "log";
  if (isLog && z.middle !== undefined) {
    throw new RangeError("middle must be absent on a log scale");
  }
  checkLengths(z.title, y.values.length, { rows: z.values });
  const values = z.values.map((row, index) => {
    checkLengths(z.title, x.values.length, { [`row ${index}`]: row });
    return toJson(
      isLog ? Array.from(row, (v) => v === null ? v : Math.log10(v)) : row,
    );
  });
  const shown = z.values.map(toJson);
  const trace: Attributes = {
    type: "heatmap",
    x: toJson(x.values),
    y: toJson(y.values),
    z: values,
    customdata: shown,
    coloraxis: "coloraxis",
    zsmooth: false,
    hoverongaps: false,
    hovertemplate: "(%{x:.4~g}, %{y:.4~g}): %{customdata:.4~g}<extra></extra>",
  };
  const colorbar: Attributes = {
    title: { text: plainText(axisTitle(z)), side: "right" },
    len: 1,
  };
  if (isLog) Object.assign(colorbar, powersOfTen(values.flat()));
  return createFigure(options, [trace], {
    xaxis: { ...axisAttributes(x), showgrid: false },
    yaxis: { ...axisAttributes(y), showgrid: false },
    // Grey shows where a number is missing, on either page.
    plot_bgcolor: "rgba(128,138,150,0.3)",
    coloraxis: {
      colorscale: z.middle === undefined ? "Viridis" : divergingScale,
      ...(z.middle === undefined ? {} : { cmid: z.middle }),
      colorbar,
    },
  });
}

/** Blue over near-white to orange: apart for colour-blind readers too. */
const divergingScale: [number, string][] = [
  [0, "#1b4f9c"],
  [0.25, "#7aa6dd"],
  [0.5, "#f2f2f0"],
  [0.75, "#e8a55b"],
  [1, "#a8490a"],
];

/** Ticks of a colour bar at whole powers of ten, at most about eight. */
function powersOfTen(exponents: readonly (number | null)[]): Attributes {
  const known = exponents.filter((value) => value !== null);
  if (known.length === 0) return {};
  // Adding 0 turns −0, which JSON does not know, into 0.
  const first = Math.ceil(Math.min(...known) - 1e-9) + 0;
  const last = Math.floor(Math.max(...known) + 1e-9);
  const step = Math.max(1, Math.ceil((last - first) / 8));
  const ticks: number[] = [];
  for (let exponent = first; exponent <= last; exponent += step) {
    ticks.push(exponent);
  }
  if (ticks.length < 2) {
    const low = Math.min(...known), high = Math.max(...known);
    ticks.splice(0, ticks.length, low, (low + high) / 2, high);
  }
  return {
    tickvals: ticks,
    ticktext: ticks.map((exponent) =>
      Number.isInteger(exponent) && Math.abs(exponent) > 3
        ? `10<sup>${exponent}</sup>`
        : String(Number((10 ** exponent).toPrecision(2)))
    ),
  };
}
