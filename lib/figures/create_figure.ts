/**
 * How a figure is put together.
 *
 * @module
 */
import { displayedAs } from "./displayed.ts";
import {
  type Attributes,
  attributes,
  type Figure,
  type FigureOptions,
} from "./figure.ts";
import { plainText } from "./plain_text.ts";

/**
 * A figure from its traces and layout: adds the title and the caption. In a
 * notebook it shows itself.
 *
 * @example
 * ```ts
 * import { createFigure } from "./create_figure.ts";
 * import { figureCaption, figureTitle } from "./figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = createFigure({ title: "η < 1", caption: "Made up." }, [], {});
 * strictEqual(figureTitle(figure), "η < 1");
 * strictEqual(figureCaption(figure), "Made up.");
 * ```
 */
export function createFigure(
  options: FigureOptions,
  data: Attributes[],
  layout: Attributes,
): Figure {
  const { title, caption = "" } = options;
  const figure: Figure = {
    data,
    layout: {
      ...layout,
      title: { text: plainText(title) },
      meta: { ...attributes(layout.meta), title, caption },
    },
  };
  return displayedAs(figure, () => figure);
}
