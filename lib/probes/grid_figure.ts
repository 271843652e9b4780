/**
 * Figures of lines and planes of the loss.
 *
 * @module
 */
import { contourFigure } from "../figures/contour_figure.ts";
import type { Figure } from "../figures/figure.ts";
import { lineFigure } from "../figures/line_figure.ts";
import { surfaceFigure } from "../figures/surface_figure.ts";
import type { Grid } from "./grid.ts";

/** Options of {@linkcode gridFigure}. */
export interface GridFigureOptions {
  /** The title. */
  readonly title: string;
  /** What is drawn; plain text. */
  readonly caption?: string;
  /** What is drawn of it. @default {"loss"} */
  readonly quantity?: "loss" | "error";
  /** The scale of the quantity. @default {"linear"} */
  readonly scale?: "linear" | "log";
  /** Names of the coordinates. @default {["α", "β"]} */
  readonly coordinates?: readonly [string, string];
  /** Of a plane: how it is drawn. @default {"contour"} */
  readonly kind?: "contour" | "surface";
  /** Of a plane: the data set. @default {the first} */
  readonly name?: string;
  /** Of a plane: coordinates of points to draw over it, such as a trajectory's. */
  readonly trajectory?: readonly (readonly number[])[];
}

/**
 * A grid as a figure: a line a data set over one coordinate, contours or a surface of
 * one data set over two, with a trajectory if there is one.
 *
 * @throws {TypeError} If there is no such data set.
 *
 * @example
 * ```ts
 * import { gridFigure } from "./grid_figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const values = { train: { loss: [2, 1, 2], error: [1, 0, 1] } };
 * const figure = gridFigure({ axes: [[-1, 0, 1]], values }, { title: "A line" });
 * strictEqual(figure.data[0]?.type, "scatter");
 * ```
 */
export function gridFigure(
  { axes, values }: Grid,
  options: GridFigureOptions,
): Figure {
  const { title, caption = "", quantity = "loss", scale = "linear" } = options;
  const [first, second] = options.coordinates ?? ["α", "β"];
  const [xs, ys] = axes;
  const height = { title: quantity, scale };
  if (ys === undefined) {
    return lineFigure({
      title,
      caption,
      x: { title: first },
      y: height,
      series: Object.entries(values).map(([name, own]) => ({
        name,
        x: xs!,
        y: own[quantity],
      })),
    });
  }
  const name = options.name ?? Object.keys(values)[0] ?? "";
  const own = Object.hasOwn(values, name) ? values[name]![quantity] : undefined;
  if (own === undefined) {
    throw new TypeError(
      `name must be one of ${Object.keys(values).join(", ")}, got ${
        JSON.stringify(name)
      }`,
    );
  }
  const { kind = "contour", trajectory } = options;
  const draw = kind === "surface" ? surfaceFigure : contourFigure;
  return draw({
    title,
    caption,
    x: { title: first, values: xs! },
    y: { title: second, values: ys },
    z: {
      ...height,
      values: ys.map((_, j) => xs!.map((_, i) => own[i * ys.length + j]!)),
    },
    ...trajectory === undefined ? {} : {
      paths: [{
        name: "trajectory",
        x: trajectory.map(([x]) => x!),
        y: trajectory.map(([, y]) => y!),
      }],
    },
  });
}
