/**
 * What results look like: the papers' values beside ours.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { tableFigure } from "../figures/table_figure.ts";
import {
  formatMeasured,
  formatPaperValue,
  formatRuns,
  formatVerdict,
} from "../report/format.ts";
import { itemOf } from "../report/names.ts";
import type { ReportInput, ReportPaper, ReportRow } from "../report/types.ts";

const columns = [
  { title: "row", width: 28 },
  { title: "paper", width: 20 },
  { title: "here", width: 20 },
  { title: "runs", width: 14 },
  { title: "verdict", width: 16 },
] as const;

/**
 * The rows of a study that were run: the paper's value, ours with its 95 %
 * interval, and the verdict.
 *
 * @example
 * ```ts
 * import { figureCaption } from "../figures/figure.ts";
 * import { paperFigure } from "./report_figure.ts";
 * import { strictEqual } from "node:assert";
 *
 * const figure = paperFigure({
 *   name: "k-decay",
 *   title: "k-decay",
 *   authors: "T. Zhang, W. Li",
 *   year: 2020,
 *   reference: "2004.05909",
 *   summary: "",
 *   rows: [],
 * });
 * strictEqual(figureCaption(figure), "T. Zhang, W. Li, 2020, 2004.05909.");
 * ```
 */
export function paperFigure(paper: ReportPaper): Figure {
  const { title, authors, year, reference, rows } = paper;
  return tableFigure({
    title,
    caption: [`${authors}, ${year}, ${reference}.`, ...details(rows)]
      .join("\n"),
    columns,
    rows: rows.filter(wasRun).map((row) => [
      `${itemOf(row)}: ${row.title}`,
      ...results(row),
    ]),
  });
}

/** The rows of all papers that were run, as {@linkcode paperFigure} shows them. */
export function reportFigure(report: ReportInput): Figure {
  const { title, papers } = report;
  const rows = papers.flatMap((paper) => paper.rows);
  return tableFigure({
    title,
    caption: [
      `${rows.filter(wasRun).length} of ${rows.length} rows were run.`,
      ...details(rows),
    ].join("\n"),
    columns,
    rows: rows.filter(wasRun).map((row) => [
      `${row.id}: ${row.title}`,
      ...results(row),
    ]),
  });
}

function wasRun({ verdict }: ReportRow): boolean {
  return verdict !== "not run";
}

function results(row: ReportRow): string[] {
  return [
    formatPaperValue(row),
    formatMeasured(row.measured),
    formatRuns(row),
    formatVerdict(row),
  ];
}

/** The claim, the reason and the notes of each row, in sentences. */
function details(rows: readonly ReportRow[]): string[] {
  const notRun = rows.filter((row) => !wasRun(row)).map(itemOf);
  return [
    ...rows.filter(wasRun).map((row) =>
      [
        `${itemOf(row)}, ${formatVerdict(row)}`,
        row.reason && ` (${row.reason})`,
        row.claim && `: ${row.claim}`,
      ].filter(Boolean).join("")
    ),
    ...notRun.length > 0 ? [`Not run: ${notRun.join(", ")}.`] : [],
  ];
}
