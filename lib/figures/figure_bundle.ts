/**
 * Figures in notebooks.
 *
 * @module
 */
import { type Figure, figureCaption, figureTitle } from "./figure.ts";
import { renderPicture } from "./pictures.ts";
import type { PngOptions } from "./render_png.ts";
import { themed } from "./theme.ts";

/** A figure as a notebook shows it: one entry a MIME type. */
export interface FigureBundle {
  /** Interactive, where plotly is installed. */
  "application/vnd.plotly.v1+json": Figure;
  /** A picture in base64, for everything else. */
  "image/png": string;
  /** Title and caption. */
  "text/plain": string;
}

/**
 * The MIME bundle of a figure: plotly JSON, PNG and text, and nothing else,
 * because viewers that find HTML or SVG in a bundle show those, broken, instead
 * of the picture.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { figureBundle } from "./figure_bundle.ts";
 * import { lineFigure } from "./line_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = lineFigure({
 *   title: "A line",
 *   x: { title: "x" },
 *   y: { title: "y" },
 *   series: [{ name: "a", x: [0, 1], y: [0, 1] }],
 * });
 * deepStrictEqual(Object.keys(await figureBundle(figure)), [
 *   "application/vnd.plotly.v1+json",
 *   "image/png",
 *   "text/plain",
 * ]);
 * ```
 */
export async function figureBundle(
  figure: Figure,
  options: PngOptions = {},
): Promise<FigureBundle> {
  const png = await renderPicture(figure, options);
  const text = [figureTitle(figure), figureCaption(figure)].filter(Boolean);
  return {
    "application/vnd.plotly.v1+json": themed(figure, options.theme ?? "light"),
    "image/png": png.toBase64(),
    "text/plain": text.join("\n"),
  };
}
