/**
 * Plotly on a page without a browser: jsdom, with the few things that jsdom
 * leaves out and plotly needs.
 *
 * @module
 */
import { CellCanvas } from "./cell_canvas.ts";
import type { Attributes, Figure } from "./figure.ts";
import { figureFonts } from "./figure_fonts.ts";
import type { Font } from "./font.ts";
import { type Box, textMeasure, type TextNode } from "./text_box.ts";

/** A page on which plotly runs. */
export interface PlotlyPage {
  /** The version of plotly.js. */
  version: string;
  /** The rules that plotly adds to a page, for pages that forbid it to. */
  styleSheet: string;
  /** The fonts that text is measured with. */
  fonts: { regular: Font; bold: Font };
  /** Draws a figure and gives the SVG's source. */
  draw(figure: Figure, width: number, height: number): Promise<string>;
  /** What plotly finds wrong with a figure's attributes; empty if nothing. */
  faults(figure: Figure): string[];
}

/** As much of plotly.js as is used here. */
interface Plotly {
  version: string;
  toImage(figure: unknown, options: Attributes): Promise<string>;
  validate(data: unknown, layout: unknown): { msg: string }[] | undefined;
}

let page: Promise<PlotlyPage> | undefined;

/** The one page, made when it is first asked for (about 0.7 s). */
export function plotlyPage(): Promise<PlotlyPage> {
  page ??= openPage();
  return page;
}

async function openPage(): Promise<PlotlyPage> {
  const [{ JSDOM }, source, fonts] = await Promise.all([
    import("jsdom"),
    plotlySource(),
    figureFonts(),
  ]);
  // Scripts run in a realm of their own, so that no `window` or `document`
  // appears among Deno's globals, where TensorFlow.js would take them for a
  // browser's.
  const { window } = new JSDOM("<!doctype html>", {
    runScripts: "outside-only",
  });
  const measure = textMeasure(fonts);
  Object.assign(window.SVGElement.prototype, {
    getBoundingClientRect(this: TextNode): Box {
      return measure(this);
    },
    getBBox(this: TextNode): Box {
      return measure(this);
    },
  });
  const createElement = window.document.createElement.bind(window.document);
  window.document.createElement = (name: string) =>
    name === "canvas" ? new CellCanvas() : createElement(name);
  window.URL.createObjectURL = () => "";
  // Without scaled images heat maps come as one rectangle a cell.
  window.CSS = { supports: () => false };
  // Plotly draws random identifiers. The same numbers for each figure make the same
  // figure the same SVG to the byte.
  let draws = 0;
  window.Math.random = () => scattered(++draws);
  window.eval(source);
  const plotly: Plotly = window.Plotly;
  const rules = window.document.getElementById("plotly.js-style-global").sheet
    .cssRules;
  return {
    version: plotly.version,
    styleSheet: Array.from(
      rules as ArrayLike<{ cssText: string }>,
      (rule) => rule.cssText,
    ).reverse().join("\n"),
    fonts,
    async draw(figure, width, height) {
      const { data, layout } = structuredClone(figure);
      draws = 0;
      const options = { format: "svg", width, height, imageDataOnly: true };
      const config = { staticPlot: true };
      return await plotly.toImage({ data, layout, config }, options);
    },
    faults({ data, layout }) {
      const faults = plotly.validate(
        structuredClone(data),
        structuredClone(layout),
      );
      return Array.from(faults ?? [], ({ msg }) => msg);
    },
  };
}

/**
 * A number in [0, 1) for each count, without a pattern: plotly's names of six
 * digits must not repeat within a figure.
 *
 * Reference: the last steps of MurmurHash3 (A. Appleby), on 32 bits.
 */
function scattered(count: number): number {
  let bits = Math.imul(count, 0x9e3779b9);
  bits = Math.imul(bits ^ bits >>> 16, 0x85ebca6b);
  bits = Math.imul(bits ^ bits >>> 13, 0xc2b2ae35);
  return ((bits ^ bits >>> 16) >>> 0) / 2 ** 32;
}

/** The source of plotly.js: the bundle with the Cartesian chart kinds. */
export async function plotlySource(): Promise<string> {
  const name = "plotly.js-cartesian-dist-min/plotly-cartesian.min.js";
  return await Deno.readTextFile(new URL(import.meta.resolve(name)));
}

/** The source of plotly.js with the chart kinds in space, for pages that show one. */
export async function plotlySpaceSource(): Promise<string> {
  const name = "plotly.js-gl3d-dist-min/plotly-gl3d.min.js";
  return await Deno.readTextFile(new URL(import.meta.resolve(name)));
}
