/**
 * One row of the results that come with Slope.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { tableFigure } from "../figures/table_figure.ts";
import { display } from "../figures/displayed.ts";
import { rowMarkdown } from "../report/row_markdown.ts";
import type { ReportRow } from "../report/types.ts";
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import type { Scale } from "./catalogue.ts";
import { shippedReport } from "./shipped_report.ts";

/**
 * A figure or table of a paper, as it was measured for Slope, without training. In
 * a notebook it says so in words: the claim, the paper's value, ours with its 95 %
 * interval, and the verdict.
 *
 * @param id The row, such as `k-decay/fig2`.
 * @param scale How large the runs were. @default {"small"}
 * @throws {RangeError} If there is no such row.
 *
 * @example
 * ```ts
 * import { shippedRow } from "./shipped_row.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { claim } = await shippedRow("k-decay/fig2");
 * strictEqual(claim, "k > 1 better than 1");
 * ```
 */
export async function shippedRow(
  id: string,
  scale: Scale = "small",
): Promise<ReportRow> {
  const rows = (await shippedReport(scale)).papers
    .flatMap((paper) => paper.rows);
  const row = rows.find((row) => row.id === id);
  if (row === undefined) {
    throw new RangeError(
      `id must be that of a row, such as k-decay/fig2, got ${show(id)}${
        didYouMean(id, rows.map(({ id }) => id))
      }`,
    );
  }
  return Object.defineProperty({ ...row }, display, {
    value: () => {
      const text = rowMarkdown(row);
      return Promise.resolve({ "text/markdown": text, "text/plain": text });
    },
  });
}

/**
 * A picture of a {@linkcode shippedRow}; where the row was not run, a table that
 * says so.
 *
 * @param id The row, such as `k-decay/fig2`.
 * @param index Which of its figures, from 0. @default {0}
 * @param scale How large the runs were. @default {"small"}
 * @throws {RangeError} If there is no such row, or no such figure of it.
 *
 * @example
 * ```ts
 * import { figureTitle } from "../figures/figure.ts";
 * import { shippedFigure } from "./shipped_row.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = await shippedFigure("k-decay/fig3");
 * strictEqual(figureTitle(figure), "k-decay of two schedules");
 * ```
 */
export async function shippedFigure(
  id: string,
  index = 0,
  scale: Scale = "small",
): Promise<Figure> {
  const row = await shippedRow(id, scale);
  if (row.verdict === "not run") return notRun(row);
  const shown = row.figures[index];
  if (shown !== undefined) return shown.figure;
  throw new RangeError(
    `${id} has ${row.figures.length} figures, got index ${index}`,
  );
}

function notRun({ id, title, reason, command }: ReportRow): Figure {
  return tableFigure({
    title: `${id}: ${title}`,
    caption: `No results come with Slope: ${reason}.`,
    columns: [{ title: "results", width: 30 }, {
      title: "what measures it",
      width: 60,
    }],
    rows: [[`none yet: ${reason}`, command]],
  });
}
