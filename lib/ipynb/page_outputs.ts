/**
 * The outputs of a cell on a page.
 *
 * @module
 */
import {
  type Figure,
  figureCaption,
  figureHeight,
  figureTitle,
} from "../figures/figure.ts";
import { hasSurface } from "../figures/surface_figure.ts";
import { jsonBlock, type Markup, markup } from "../report/markup.ts";
import { markdownHtml } from "./markdown_html.ts";
import { type MimeBundle, type Output, PLOTLY } from "./output.ts";

/**
 * An output in HTML. Of a bundle the page takes the figure, else the picture, else
 * the text; a bundle's own HTML or SVG could hold scripts, and is left out.
 *
 * @param id An HTML id that no other output has.
 */
export function outputMarkup(output: Output, id: string): Markup {
  switch (output.output_type) {
    case "stream":
      return markup`<pre class="stream ${output.name}">${output.text}</pre>\n`;
    case "error":
      return markup`<pre class="stream stderr">${
        output.traceback.join("\n") || `${output.ename}: ${output.evalue}`
      }</pre>\n`;
    default:
      return bundleMarkup(output.data, id);
  }
}

function bundleMarkup(data: MimeBundle, id: string): Markup {
  const figure = data[PLOTLY];
  const png = pngAddress(data["image/png"]);
  const text = String(data["text/plain"] ?? "");
  if (isFigure(figure)) return figureMarkup(figure, png, id);
  if (png !== undefined) {
    return markup`<figure><img src="${png}" alt="${text}"></figure>\n`;
  }
  const markdown = data["text/markdown"];
  return typeof markdown === "string"
    ? markup`<div class="text">${markdownHtml(markdown)}</div>\n`
    : markup`<pre class="result-text">${text}</pre>\n`;
}

/**
 * A figure that the report's script draws; without scripts its picture is shown. A
 * surface is its picture: what draws it would double the page.
 */
function figureMarkup(
  figure: Figure,
  png: string | undefined,
  id: string,
): Markup {
  const title = figureTitle(figure);
  const image = png !== undefined &&
    markup`<noscript><img src="${png}" alt="${title}"></noscript>`;
  const lines = figureCaption(figure).split("\n")
    .map((line) => markup`<span>${line}</span>`);
  if (png !== undefined && hasSurface(figure)) {
    return markup`<figure>
<p class="title">${title}</p>
<img src="${png}" alt="${title}">
<figcaption>${lines}</figcaption>
</figure>
`;
  }
  return markup`<figure>
<p class="title" id="${id}-title">${title}</p>
<div class="plot" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-caption" data-height="${
    figureHeight(figure)
  }" data-image="${png ?? ""}">${image}</div>
<figcaption id="${id}-caption">${lines}</figcaption>
<script type="application/json" class="figure">${
    jsonBlock({ data: figure.data, layout: figure.layout })
  }</script>
</figure>
`;
}

function isFigure(value: unknown): value is Figure {
  const { data, layout } = (value ?? {}) as Partial<Figure>;
  return Array.isArray(data) && typeof layout === "object" && layout !== null;
}

/** A picture as an address; undefined if it is anything but base64. */
function pngAddress(value: unknown): string | undefined {
  const base64 = typeof value === "string" ? value.replace(/\s/g, "") : "";
  return /^[A-Za-z0-9+/]+=*$/.test(base64)
    ? `data:image/png;base64,${base64}`
    : undefined;
}
