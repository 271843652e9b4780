/**
 * A figure on a page.
 *
 * @module
 */
import { figureHeight, figureTitle } from "../figures/figure.ts";
import { jsonBlock, type Markup, markup } from "./markup.ts";
import type { ReportFigure } from "./types.ts";

/**
 * A figure that `report.js` draws with plotly, from the data block beside it;
 * without scripts its static image is shown.
 *
 * @param path Where the figure's `.svg` and `.json` lie, without the ending.
 * @param id An HTML id that no other element has.
 */
export function figureMarkup(
  { figure, caption }: ReportFigure,
  path: string,
  id: string,
): Markup {
  const title = figureTitle(figure);
  const height = figureHeight(figure);
  const data = jsonBlock({ data: figure.data, layout: figure.layout });
  return markup`<figure>
<p class="title" id="${id}-title">${title}</p>
<div class="plot" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-caption" data-height="${height}" data-image="${path}.svg">
<noscript><img src="${path}.svg" alt="${title}"></noscript>
</div>
<figcaption>
<span id="${id}-caption">${caption}</span>
<span class="files">As <a href="${path}.svg">SVG</a>, <a href="${path}.json">plotly JSON</a></span>
</figcaption>
<script type="application/json" class="figure">${data}</script>
</figure>
`;
}
