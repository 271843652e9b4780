/**
 * Small images in rows.
 *
 * @module
 */
import { createFigure } from "./create_figure.ts";
import { encodePng } from "./encode_png.ts";
import type { Attributes, Figure, FigureOptions } from "./figure.ts";
import { plainText } from "./plain_text.ts";

/** What {@linkcode imageSheetFigure} takes. */
export interface ImageSheetOptions extends FigureOptions {
  /** Height, width and channels (1 or 3) of each image. */
  shape: readonly [height: number, width: number, channels: number];
  /** The rows, from the top. */
  rows: readonly ImageRow[];
}

/** A row of an {@linkcode imageSheetFigure}. */
export interface ImageRow {
  /** What stands beside it. */
  name: string;
  /** The images, channels last, row by row; values in [0, 1]. */
  images: readonly ArrayLike<number>[];
}

/** The size of an image on the page in CSS pixels, and the gap behind it. */
const SIZE = 44, GAP = 4;

/**
 * A sheet of small images, a name beside each row. Pixels stay square blocks;
 * values outside [0, 1] are cut off.
 *
 * @throws {TypeError} If an image has not one number for each value of the shape.
 * @throws {RangeError} If there are no rows, or neither 1 nor 3 channels.
 *
 * @example
 * ```ts
 * import { imageSheetFigure } from "./image_sheet_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = imageSheetFigure({
 *   title: "Two images",
 *   shape: [2, 2, 1],
 *   rows: [{ name: "diagonals", images: [[1, 0, 0, 1], [0, 1, 1, 0]] }],
 * });
 * deepStrictEqual(figure.layout.yaxis, {
 *   range: [1, 0],
 *   tickvals: [0.5],
 *   ticktext: ["diagonals"],
 *   showgrid: false,
 *   showline: false,
 *   ticks: "",
 *   scaleanchor: "x",
 *   constrain: "domain",
 *   constraintoward: "top",
 *   fixedrange: true,
 * });
 * ```
 */
export function imageSheetFigure(options: ImageSheetOptions): Figure {
  const { shape, rows } = options;
  const columns = Math.max(...rows.map(({ images }) => images.length));
  if (!(columns >= 1)) throw new RangeError("rows must have images");
  const quiet: Attributes = {
    showgrid: false,
    showline: false,
    ticks: "",
    fixedrange: true,
  };
  return createFigure(options, [{
    // Plotly draws axes only for a trace.
    type: "scatter",
    mode: "markers",
    x: [0, columns],
    y: [0, rows.length],
    marker: { opacity: 0 },
    hoverinfo: "skip",
    showlegend: false,
  }], {
    height: rows.length * (SIZE + GAP) + 74,
    margin: { b: 16 },
    xaxis: {
      ...quiet,
      range: [0, columns],
      showticklabels: false,
      constrain: "domain",
      constraintoward: "left",
    },
    yaxis: {
      ...quiet,
      range: [rows.length, 0],
      tickvals: rows.map((_, row) => row + 0.5),
      ticktext: rows.map(({ name }) => plainText(name)),
      scaleanchor: "x",
      constrain: "domain",
      constraintoward: "top",
    },
    images: [{
      source: sheet(shape, rows, columns),
      xref: "x",
      yref: "y",
      x: 0,
      y: 0,
      sizex: columns,
      sizey: rows.length,
      sizing: "stretch",
      layer: "above",
    }],
    hovermode: false,
  });
}

/** All images in one, as the address of a PNG; gaps are transparent. */
function sheet(
  [height, width, channels]: ImageSheetOptions["shape"],
  rows: readonly ImageRow[],
  columns: number,
): string {
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(`an image has 1 or 3 channels, got ${channels}`);
  }
  const size = height * width * channels;
  // Enlarged here, because viewers blur what they enlarge.
  const zoom = Math.max(1, Math.round(SIZE / Math.max(height, width)));
  const side = zoom * Math.max(height, width);
  const pitch = side + Math.round(side * GAP / SIZE);
  const pixels = new Uint8Array(4 * pitch * columns * pitch * rows.length);
  for (const [row, { name, images }] of rows.entries()) {
    for (const [column, image] of images.entries()) {
      if (image.length !== size) {
        throw new TypeError(
          `an image of "${name}" must have ${size} values, got ${image.length}`,
        );
      }
      const start = row * pitch * pitch * columns + column * pitch;
      for (let y = 0; y < zoom * height; y++) {
        for (let x = 0; x < zoom * width; x++) {
          const from = channels *
            (Math.floor(y / zoom) * width + Math.floor(x / zoom));
          const to = 4 * (start + y * pitch * columns + x);
          for (let c = 0; c < 3; c++) {
            const value = image[from + (channels === 3 ? c : 0)]!;
            pixels[to + c] = Math.round(255 * Math.min(Math.max(value, 0), 1));
          }
          pixels[to + 3] = 255;
        }
      }
    }
  }
  const png = encodePng(pixels, pitch * columns);
  return `data:image/png;base64,${png.toBase64()}`;
}
