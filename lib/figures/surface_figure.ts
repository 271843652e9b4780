/**
 * A quantity over a plane, as a surface that can be turned.
 *
 * @module
 */
import { axisTitle } from "./axis.ts";
import { type ContourFigureOptions, heightsOf } from "./contour_figure.ts";
import { createFigure } from "./create_figure.ts";
import { type Attributes, attributes, type Figure } from "./figure.ts";
import { checkLengths, type Numbers, toJson } from "./numbers.ts";
import { palette } from "./palette.ts";
import { plainText } from "./plain_text.ts";

/** What {@link surfaceFigure} takes: what contours are drawn from. */
export type SurfaceFigureOptions = ContourFigureOptions;

/** Where a value is between ascending ones: the one before it, and how far beyond. */
function between(
  values: Numbers,
  value: number,
): [index: number, share: number] {
  const last = values.length - 2;
  let index = 0;
  while (index < last && values[index + 1]! < value) index++;
  const from = values[index]!, to = values[index + 1] ?? from;
  const share = to === from ? 0 : (value - from) / (to - from);
  return [index, Math.min(1, Math.max(0, share))];
}

/** Between two numbers; either may be missing where it has no share. */
function mixed(from: number, to: number, share: number): number {
  return share === 0 ? from : share === 1 ? to : from + share * (to - from);
}

/** The height of a surface at a place, from the four heights around it. */
function heightAt(
  { x, y }: SurfaceFigureOptions,
  heights: readonly (readonly (number | null)[])[],
  at: readonly [number, number],
): number {
  const [i, right] = between(x.values, at[0]);
  const [j, up] = between(y.values, at[1]);
  const height = (k: number, l: number) => heights[k]?.[l] ?? NaN;
  const row = (k: number) => mixed(height(k, i), height(k, i + 1), right);
  return mixed(row(j), row(j + 1), up);
}

/**
 * A surface over a plane, which turns and zooms, with paths that lie on it. Where
 * nothing can be turned, as in an SVG or a PNG, its picture is that of
 * {@linkcode contourFigure}.
 *
 * @throws {TypeError} If the numbers are not `[rows][columns]`, or a path's lists
 * differ in length.
 *
 * @example
 * ```ts
 * import { surfaceFigure } from "./surface_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = surfaceFigure({
 *   title: "Loss around the minimum",
 *   x: { title: "α", values: [-1, 0, 1] },
 *   y: { title: "β", values: [0, 1] },
 *   z: { title: "loss", values: [[3, 1, 3], [5, 3, 5]] },
 *   paths: [{ name: "training", x: [-1, 0], y: [0.5, 0] }],
 * });
 * deepStrictEqual(figure.data.map(({ type }) => type), ["surface", "scatter3d"]);
 * deepStrictEqual(figure.data[1]?.z, [4, 1]); // on the surface
 * ```
 */
export function surfaceFigure(options: SurfaceFigureOptions): Figure {
  const { x, y, z, paths = [] } = options;
  const heights = heightsOf(options);
  const zTitle = (z.scale === "log" ? "log10 " : "") + axisTitle(z);
  const surface: Attributes = {
    type: "surface",
    x: toJson(x.values),
    y: toJson(y.values),
    z: heights,
    coloraxis: "coloraxis",
    connectgaps: false,
    hovertemplate: "(%{x:.4~g}, %{y:.4~g}): %{z:.4~g}<extra></extra>",
  };
  const lines = paths.map((path, index): Attributes => {
    checkLengths(path.name, path.x.length, { y: path.y });
    const colour = palette[(index + 1) % palette.length]!;
    const places = Array.from(
      path.x,
      (value, k) => heightAt(options, heights, [value!, path.y[k]!]),
    );
    return {
      type: "scatter3d",
      mode: "lines+markers",
      name: plainText(path.name),
      x: toJson(path.x),
      y: toJson(path.y),
      z: toJson(places),
      line: { color: colour, width: 5 },
      marker: { size: 3, color: colour },
    };
  });
  const axis = (title: string): Attributes => ({
    title: { text: plainText(title) },
  });
  return createFigure(options, [surface, ...lines], {
    height: 520,
    scene: {
      xaxis: axis(axisTitle(x)),
      yaxis: axis(axisTitle(y)),
      zaxis: axis(zTitle),
      aspectmode: "cube",
      dragmode: "turntable",
    },
    coloraxis: {
      colorscale: "Viridis",
      colorbar: { title: { text: plainText(zTitle), side: "top" }, len: 1 },
    },
    showlegend: lines.length > 1,
  });
}

/** Whether a figure has a surface, which takes WebGL to draw. */
export function hasSurface({ data }: Figure): boolean {
  return data.some(({ type }) => type === "surface");
}

/**
 * A figure without a third dimension: surfaces become contours, with their paths from
 * above. Other figures stay as they are.
 *
 * @example
 * ```ts
 * import { flattened, surfaceFigure } from "./surface_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = surfaceFigure({
 *   title: "A slope",
 *   x: { title: "α", values: [0, 1] },
 *   y: { title: "β", values: [0, 1] },
 *   z: { title: "loss", values: [[0, 1], [1, 2]] },
 * });
 * deepStrictEqual(flattened(figure).data[0]?.type, "contour");
 * ```
 */
export function flattened(figure: Figure): Figure {
  if (!hasSurface(figure)) return figure;
  const { scene, ...layout } = figure.layout;
  const { xaxis, yaxis } = attributes(scene);
  return {
    data: figure.data.map((trace): Attributes => {
      if (trace.type === "surface") {
        return {
          ...trace,
          type: "contour",
          ncontours: 20,
          contours: { coloring: "fill" },
          line: { width: 0.5, color: "rgba(255,255,255,0.5)" },
        };
      }
      if (trace.type !== "scatter3d") return trace;
      const { z: _, ...flat } = trace;
      return { ...flat, type: "scatter" };
    }),
    layout: { ...layout, xaxis: xaxis ?? {}, yaxis: yaxis ?? {} },
  };
}
