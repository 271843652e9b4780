/**
 * Figures as SVG, without a browser.
 *
 * @module
 */
import { inlineCells } from "./cell_canvas.ts";
import {
  attributes,
  type Figure,
  figureCaption,
  figureHeight,
  figureTitle,
  fitted,
} from "./figure.ts";
import { plainText, wrapText } from "./plain_text.ts";
import { plotlyPage } from "./plotly_page.ts";
import { flattened } from "./surface_figure.ts";
import { fontSizes, type Theme, themed, titleSpace } from "./theme.ts";

/** What {@link renderSvg} takes besides the figure. */
export interface ImageOptions {
  /**
   * Width in CSS pixels.
   *
   * @default {800}
   */
  width?: number;
  /**
   * Height in CSS pixels; by default the figure's own.
   */
  height?: number;
  /**
   * The page that the image is for.
   *
   * @default {"light"}
   */
  theme?: Theme;
}

/**
 * Draws a figure as a self-contained SVG: plotly.js on jsdom, with text
 * measured by the advance widths of DejaVu Sans. The same figure and
 * options give the same bytes. A surface is drawn from above, as contours. Loads plotly
 * when it is first called.
 *
 * @throws {RangeError} If width or height is not in [50, 10000].
 *
 * @example
 * ```ts
 * import { lineFigure } from "./line_figure.ts";
 * import { renderSvg } from "./render_svg.ts";
 * import { match } from "node:assert";
 *
 * const figure = lineFigure({
 *   title: "A line",
 *   x: { title: "x" },
 *   y: { title: "y" },
 *   series: [{ name: "a", x: [0, 1], y: [0, 1] }],
 * });
 * match(await renderSvg(figure, { width: 640 }), /^<svg [^>]*width="640"/);
 * ```
 */
export async function renderSvg(
  figure: Figure,
  options: ImageOptions = {},
): Promise<string> {
  const { width = 800, theme = "light" } = options;
  const fit = fitted(flattened(figure), width);
  const height = options.height ?? figureHeight(fit);
  for (const [name, value] of Object.entries({ width, height })) {
    if (!(value >= 50 && value <= 10000)) {
      throw new RangeError(`${name} must be in [50, 10000], got ${value}`);
    }
  }
  const page = await plotlyPage();
  const { title: size } = fontSizes;
  const title = wrapText(
    figureTitle(figure),
    (text) => page.fonts.bold.width(text) * size,
    width - 32,
  );
  const lines = title.split("\n").length;
  const layout = {
    ...fit.layout,
    margin: { ...attributes(fit.layout.margin), t: titleSpace(lines) },
    title: {
      ...attributes(fit.layout.title),
      text: plainText(title),
      // Plotly hangs one line from its top, but several from a baseline.
      pad: { t: lines > 1 ? 12 + 0.75 * size : 12, l: 16 },
    },
  };
  const svg = await page.draw(
    themed({ data: fit.data, layout }, theme),
    width,
    height,
  );
  // Pictures of pixels stay blocks when they are enlarged.
  const crisp = svg.replaceAll(
    "<image ",
    `<image image-rendering="optimizeSpeed" `,
  );
  return labelled(inlineCells(crisp), figure);
}

/** The SVG with a name and description for screen readers, as valid XML. */
function labelled(svg: string, figure: Figure): string {
  const title = escapeXml(figureTitle(figure));
  const caption = escapeXml(figureCaption(figure));
  const end = svg.indexOf(">") + 1;
  const labels = `<title>${title}</title>` +
    (caption ? `<desc>${caption}</desc>` : "");
  return (svg.slice(0, end - 1).replace(` style=""`, "") + ` role="img">` +
    labels + svg.slice(end))
    // Characters that XML cannot hold in any form.
    // deno-lint-ignore no-control-regex
    .replaceAll(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "");
}

/** Text as XML content. */
function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
