/**
 * Several figures side by side as one.
 *
 * @module
 */
import { createFigure } from "./create_figure.ts";
import {
  type Attributes,
  attributes,
  type AttributeValue,
  type Figure,
  type FigureOptions,
  figureTitle,
  merged,
} from "./figure.ts";
import { plainText } from "./plain_text.ts";

/** What {@link panelFigure} takes. */
export interface PanelFigureOptions extends FigureOptions {
  /** The panels, row by row; their titles stand above them. */
  panels: readonly Figure[];
  /**
   * Panels in a row; on a narrow page there is one.
   *
   * @default {2}
   */
  columns?: number;
  /**
   * Height of the drawing area of a panel, in CSS pixels.
   *
   * @default {220}
   */
  panelHeight?: number;
  /** Whether all panels zoom together along x. */
  sharedX?: boolean;
  /** Whether all panels have the same y axis. */
  sharedY?: boolean;
}

/**
 * A figure of panels in a grid, with one legend. A name that occurs in several
 * panels is one entry of it, so give it the same style in each.
 *
 * @throws {RangeError} If there is no panel, or columns is not a whole number
 * ≥ 1.
 *
 * @example
 * ```ts
 * import { lineFigure } from "./line_figure.ts";
 * import { panelFigure } from "./panel_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const panel = (title: string) => lineFigure({
 *   title,
 *   x: { title: "epoch" },
 *   y: { title: "loss" },
 *   series: [{ name: "Gaussian", x: [1, 2], y: [2, 1] }],
 * });
 * const figure = panelFigure({
 *   title: "Two models",
 *   panels: [panel("small model"), panel("large model")],
 * });
 * deepStrictEqual(figure.data.map((trace) => trace.yaxis), ["y", "y2"]);
 * ```
 */
export function panelFigure(options: PanelFigureOptions): Figure {
  const { panels, columns = 2, panelHeight = 220 } = options;
  if (panels.length === 0) {
    throw new RangeError("panels must not be empty");
  }
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`columns must be a whole number ≥ 1, got ${columns}`);
  }
  const hasColourBar = panels.some((panel) => "coloraxis" in panel.layout);
  const place = (columns: number): Attributes =>
    grid(panels, columns, panelHeight, hasColourBar);
  const wide = place(Math.min(columns, panels.length));
  const layout: Attributes = { ...wide, meta: { narrow: place(1) } };
  const names = new Set<AttributeValue>();
  const data = panels.flatMap((panel, index) => {
    const n = suffix(index);
    for (const letter of ["x", "y"] as const) {
      const axis = merged(
        attributes(panel.layout[`${letter}axis`]),
        attributes(wide[`${letter}axis${n}`]),
      );
      const isShared = letter === "x" ? options.sharedX : options.sharedY;
      if (isShared && index > 0) axis.matches = letter;
      layout[`${letter}axis${n}`] = axis;
    }
    if ("coloraxis" in panel.layout) {
      layout[`coloraxis${n}`] = merged(
        attributes(panel.layout.coloraxis),
        attributes(wide[`coloraxis${n}`]),
      );
    }
    return panel.data.map((trace) => {
      const moved: Attributes = { ...trace, xaxis: `x${n}`, yaxis: `y${n}` };
      if ("coloraxis" in trace) moved.coloraxis = `coloraxis${n}`;
      if (trace.name !== undefined && trace.showlegend !== false) {
        moved.legendgroup = trace.name;
        moved.showlegend = !names.has(trace.name);
        names.add(trace.name);
      }
      return moved;
    });
  });
  for (const name of ["hovermode", "plot_bgcolor"]) {
    const value = panels[0]!.layout[name];
    const isCommon = panels.every(({ layout }) => layout[name] === value);
    if (value !== undefined && isCommon) layout[name] = value;
  }
  layout.showlegend = names.size > 1;
  return createFigure(options, data, layout);
}

/** What distinguishes the axes of a panel: nothing, then 2, 3, … */
function suffix(index: number): string {
  return index === 0 ? "" : String(index + 1);
}

/** The places of axes, colour bars and panel titles in a grid, and its height. */
function grid(
  panels: readonly Figure[],
  columns: number,
  panelHeight: number,
  hasColourBar: boolean,
): Attributes {
  const rows = Math.ceil(panels.length / columns);
  const gapX = columns === 1 ? 0 : hasColourBar ? 0.22 : 0.1;
  const width = (1 - gapX * (columns - 1)) / columns;
  // In pixels: above a panel its title, below it the labels of its axis.
  const above = 24, below = 66;
  const pitch = above + panelHeight + below;
  const inner = rows * pitch - below;
  const result: Attributes = { height: inner + 150 };
  const annotations: Attributes[] = [];
  for (const [index, panel] of panels.entries()) {
    const n = suffix(index);
    const left = (index % columns) * (width + gapX);
    const top = 1 - (Math.floor(index / columns) * pitch + above) / inner;
    const x = [left, left + width];
    const y = [Math.max(0, top - panelHeight / inner), top];
    result[`xaxis${n}`] = { domain: x, anchor: `y${n}` };
    result[`yaxis${n}`] = { domain: y, anchor: `x${n}` };
    if ("coloraxis" in panel.layout) {
      result[`coloraxis${n}`] = {
        colorbar: {
          x: x[1]!,
          xanchor: "left",
          y: (y[0]! + y[1]!) / 2,
          len: panelHeight / inner,
        },
      };
    }
    annotations.push({
      text: plainText(figureTitle(panel)),
      showarrow: false,
      xref: "paper",
      yref: "paper",
      x: left,
      y: top,
      xanchor: "left",
      yanchor: "bottom",
      yshift: 4,
      font: { weight: 600 },
    });
  }
  return { ...result, annotations };
}
