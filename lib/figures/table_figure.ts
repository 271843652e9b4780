/**
 * Tables as figures, so that they look the same wherever figures are shown.
 *
 * @module
 */
import { createFigure } from "./create_figure.ts";
import type { Attributes, Figure, FigureOptions } from "./figure.ts";
import { plainText, wrapText } from "./plain_text.ts";

/** A column of a {@linkcode tableFigure}. */
export interface TableColumn {
  /** What stands above it. */
  title: string;
  /** Where its text stands; numbers read best on the right. @default {"left"} */
  align?: "left" | "right";
  /** The most characters on a line; longer text is broken between words. @default {40} */
  width?: number;
}

/** What {@linkcode tableFigure} takes. */
export interface TableFigureOptions extends FigureOptions {
  /** The columns, from the left. */
  columns: readonly TableColumn[];
  /** The rows: one text a column. */
  rows: readonly (readonly string[])[];
  /** Whether the last row is a total. @default {false} */
  total?: boolean;
}

/** Heights in CSS pixels: a line of text, and what a row has besides. */
const LINE = 17, PADDING = 11;

/** Characters that fit side by side at the usual width of a figure. */
const ROOM = 100;

/** Characters between two columns. */
const GAP = 3;

/**
 * A table: text in columns, a thin line under each row.
 *
 * @throws {TypeError} If a row has not one text a column.
 *
 * @example
 * ```ts
 * import { tableFigure } from "./table_figure.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const figure = tableFigure({
 *   title: "A network",
 *   columns: [{ title: "layer" }, { title: "parameters", align: "right" }],
 *   rows: [["convolution", "456"], ["output", "850"]],
 * });
 * deepStrictEqual(figure.data[0]?.text, ["<b>layer</b>", "convolution", "output"]);
 * ```
 */
export function tableFigure(options: TableFigureOptions): Figure {
  const { columns, rows, total = false } = options;
  for (const [index, row] of rows.entries()) {
    if (row.length === columns.length) continue;
    throw new TypeError(
      `row ${index} must have ${columns.length} texts, got ${row.length}`,
    );
  }
  const cells = [columns.map(({ title }) => title), ...rows].map((row) =>
    row.map((text, i) => wrapped(text, columns[i]!.width ?? 40))
  );
  const heights = cells.map((row) =>
    PADDING + LINE * Math.max(...row.map((text) => text.split("\n").length))
  );
  const bottoms: number[] = [];
  for (const height of heights) bottoms.push((bottoms.at(-1) ?? 0) + height);
  const height = bottoms.at(-1)!;
  const middles = bottoms.map((bottom, i) => bottom - heights[i]! / 2);

  const widths = columns.map((_, i) =>
    Math.max(
      ...cells.flatMap((row) => row[i]!.split("\n").map((l) => l.length)),
    )
  );
  let left = 0;
  const data = columns.map(({ align = "left" }, i): Attributes => {
    const x = left + (align === "right" ? widths[i]! : 0);
    left += widths[i]! + GAP;
    return {
      type: "scatter",
      mode: "text",
      x: cells.map(() => x),
      y: middles,
      text: cells.map((row, at) => {
        const text = plainText(row[i]!);
        const isBold = at === 0 || total && at === rows.length;
        return isBold ? `<b>${text}</b>` : text;
      }),
      textposition: align === "right" ? "middle left" : "middle right",
      cliponaxis: false,
      hoverinfo: "skip",
      showlegend: false,
    };
  });
  const end = left - GAP;
  const hidden: Attributes = {
    visible: false,
    fixedrange: true,
    automargin: false,
  };
  return createFigure(options, data, {
    height: height + 70,
    margin: { l: 16, r: 16, b: 8 },
    xaxis: { ...hidden, range: [0, Math.max(end, ROOM)] },
    yaxis: { ...hidden, range: [height, 0] },
    shapes: bottoms.map((y, at): Attributes => ({
      type: "line",
      x0: 0,
      x1: end + 1,
      y0: y,
      y1: y,
      line: {
        color: `rgba(128,138,150,${
          at === 0 || total && at === rows.length - 1 ? 0.9 : 0.3
        })`,
        width: 1,
      },
    })),
    hovermode: false,
  });
}

/** Text in lines of at most so many characters, between words where it can be. */
function wrapped(text: string, width: number): string {
  return wrapText(text, (line) => line.length, width)
    .split("\n")
    .map((line) => line.length > width ? line.slice(0, width - 1) + "…" : line)
    .join("\n");
}
