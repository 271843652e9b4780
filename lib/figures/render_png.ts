/**
 * Figures as PNG, without a browser.
 *
 * @module
 */
import type { Figure } from "./figure.ts";
import { fontFiles } from "./figure_fonts.ts";
import { palettePng } from "./palette_png.ts";
import { type ImageOptions, renderSvg } from "./render_svg.ts";

/** What {@link renderPng} takes besides the figure. */
export interface PngOptions extends ImageOptions {
  /**
   * Image pixels per CSS pixel.
   *
   * @default {2}
   */
  scale?: number;
}

let resvg: Promise<typeof import("@resvg/resvg-wasm")> | undefined;

/**
 * Draws a figure as PNG: {@link renderSvg} and then resvg, with DejaVu Sans as the only font, so that no font of the machine matters.
 *
 * @throws {RangeError} If width or height is not in [50, 10000], or scale not
 * in [0.1, 8].
 *
 * @example
 * ```ts
 * import { lineFigure } from "./line_figure.ts";
 * import { renderPng } from "./render_png.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = lineFigure({
 *   title: "A line",
 *   x: { title: "x" },
 *   y: { title: "y" },
 *   series: [{ name: "a", x: [0, 1], y: [0, 1] }],
 * });
 * const png = await renderPng(figure, { width: 400, scale: 1 });
 * deepStrictEqual([...png.slice(1, 4)], [..."PNG"].map((c) => c.charCodeAt(0)));
 * ```
 */
export async function renderPng(
  figure: Figure,
  options: PngOptions = {},
): Promise<Uint8Array> {
  const { scale = 2 } = options;
  if (!(scale >= 0.1 && scale <= 8)) {
    throw new RangeError(`scale must be in [0.1, 8], got ${scale}`);
  }
  const svg = await renderSvg(figure, options);
  resvg ??= loadResvg();
  const [{ Resvg }, { regular, bold }] = await Promise.all([
    resvg,
    fontFiles(),
  ]);
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: {
      fontBuffers: [regular, bold],
      defaultFontFamily: "DejaVu Sans",
      sansSerifFamily: "DejaVu Sans",
    },
  });
  const rendered = image.render();
  try {
    return palettePng(rendered.pixels, rendered.width) ?? rendered.asPng();
  } finally {
    rendered.free();
    image.free();
  }
}

/** Loads resvg, whose WebAssembly may be initialised only once. */
async function loadResvg(): Promise<typeof import("@resvg/resvg-wasm")> {
  const name = "@resvg/resvg-wasm/index_bg.wasm";
  const [module, bytes] = await Promise.all([
    import("@resvg/resvg-wasm"),
    Deno.readFile(new URL(import.meta.resolve(name))),
  ]);
  await module.initWasm(bytes);
  return module;
}
