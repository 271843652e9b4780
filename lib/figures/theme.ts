/**
 * The one look of all figures, light and dark.
 *
 * @module
 */
import { type Attributes, attributes, type Figure } from "./figure.ts";
import { palette } from "./palette.ts";

/** Which page a figure stands on. */
export type Theme = "light" | "dark";

/** The colours of a page. */
export interface ThemeColours {
  /** Behind everything. */
  background: string;
  /** Titles and labels. */
  text: string;
  /** Tick labels and captions. */
  quiet: string;
  /** Grid lines. */
  grid: string;
  /** Axis lines. */
  line: string;
}

/** The colours of the light and the dark page; the report's pages use them too. */
export const themeColours: Readonly<Record<Theme, ThemeColours>> = {
  light: {
    background: "#ffffff",
    text: "#1b2027",
    quiet: "#56606d",
    grid: "#e7eaee",
    line: "#9aa4b0",
  },
  dark: {
    background: "#15191e",
    text: "#e8ebef",
    quiet: "#a3adb9",
    grid: "#2a313a",
    line: "#6b7683",
  },
};

/** The font stack of all figures. */
export const fontFamily = "system-ui, Helvetica Neue, Arial, sans-serif";

/** The sizes of text, in CSS pixels. */
export const fontSizes = { title: 16, axis: 13, tick: 12 } as const;

/** The height that a title of so many lines takes above a figure. */
export function titleSpace(lines: number): number {
  return 26 + Math.round(1.3 * fontSizes.title * lines);
}

/**
 * A plotly template: what figures of a theme have in common.
 *
 * @example
 * ```ts
 * import { template } from "./theme.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { layout } = template("dark") as { layout: { paper_bgcolor: string } };
 * strictEqual(layout.paper_bgcolor, "#15191e");
 * ```
 */
export function template(theme: Theme): Attributes {
  const { background, text, quiet, grid, line } = themeColours[theme];
  const axis: Attributes = {
    automargin: true,
    color: text,
    gridcolor: grid,
    linecolor: line,
    showline: true,
    zeroline: false,
    ticks: "outside",
    ticklen: 5,
    tickcolor: line,
    tickfont: { color: quiet, size: fontSizes.tick },
    title: { font: { size: fontSizes.axis }, standoff: 10 },
    exponentformat: "power",
    minexponent: 4,
  };
  return {
    layout: {
      font: { family: fontFamily, size: fontSizes.axis, color: text },
      title: {
        font: { size: fontSizes.title, weight: 600 },
        x: 0,
        xref: "container",
        xanchor: "left",
        y: 1,
        yref: "container",
        yanchor: "top",
        pad: { t: 12, l: 16 },
      },
      paper_bgcolor: background,
      plot_bgcolor: background,
      colorway: [...palette],
      xaxis: axis,
      yaxis: axis,
      coloraxis: {
        colorbar: {
          thickness: 12,
          outlinewidth: 0,
          ticks: "outside",
          ticklen: 4,
          tickcolor: line,
          tickfont: { color: quiet, size: fontSizes.tick },
          title: { font: { size: fontSizes.axis } },
        },
      },
      margin: { l: 56, r: 16, t: titleSpace(1), b: 44, pad: 0 },
      legend: {
        orientation: "h",
        x: 0,
        xanchor: "left",
        y: 0,
        yref: "container",
        yanchor: "bottom",
        itemsizing: "constant",
      },
      hovermode: "closest",
      hoverlabel: {
        bgcolor: background,
        bordercolor: line,
        font: { color: text, size: fontSizes.tick },
      },
    },
  };
}

/** The same, with the axes of figures in space. */
export function spaceTemplate(theme: Theme): Attributes {
  const { text, quiet, grid } = themeColours[theme];
  const axis: Attributes = {
    color: text,
    gridcolor: grid,
    tickfont: { color: quiet },
    showspikes: false,
  };
  const scene = { xaxis: axis, yaxis: axis, zaxis: axis };
  return { layout: { ...attributes(template(theme).layout), scene } };
}

/** The figure with the template of a theme; nothing else of it changes. */
export function themed(figure: Figure, theme: Theme): Figure {
  const used = figure.layout.scene === undefined
    ? template(theme)
    : spaceTemplate(theme);
  return { data: figure.data, layout: { ...figure.layout, template: used } };
}
