/**
 * What a report shows: findings, figures, settings and cost of each row.
 *
 * @module
 */
import { displayedAs } from "../figures/displayed.ts";
import type {
  ReportInput,
  ReportPaper,
  ReportRow,
  ResultRow,
} from "../report/types.ts";
import {
  catalogue,
  type CatalogueRow,
  type Paper,
  rowId,
  type Scale,
} from "./catalogue.ts";
import { corrected } from "./corrected.ts";
import { studies } from "./studies.ts";
import type { Finding, Run, Study, StudyItem } from "./study.ts";

/** Runs of rows, by the id of the row; rows that are missing were not run. */
export type RunsByRow = ReadonlyMap<string, readonly Run[]>;

/** The study of a paper, and the item of a row, if they are built. */
export function studyItem(
  paper: string,
  item: string,
): { study: Study; studyItem: StudyItem } | undefined {
  const study = studies.find((s) => s.paper === paper);
  const found = study?.items.find((i) => i.item === item);
  return study && found && { study, studyItem: found };
}

/** The command that measures a row again. */
function command(id: string, scale: Scale): string {
  const scaled = scale === "smoke" ? "" : ` --scale ${scale}`;
  return `deno task reproduce --figure ${id}${scaled}`;
}

function notRun(paper: Paper, row: CatalogueRow, scale: Scale): ReportRow {
  const id = rowId(paper, row);
  return {
    ...base(paper, row, scale),
    seeds: 0,
    measured: { value: null, interval: null },
    verdict: "not run",
    reason: studyItem(paper.name, row.item)
      ? "not run at this scale"
      : "not built yet",
    command: command(id, scale),
    figures: [],
    settings: {},
    cost: {},
  };
}

function base(paper: Paper, row: CatalogueRow, scale: Scale) {
  return {
    id: rowId(paper, row),
    claim: row.claim,
    scale,
    paper: { value: row.paperValue },
    title: row.title,
  };
}

/** Seconds as hours and minutes. */
function duration(seconds: number): string {
  return seconds < 90
    ? `${Math.round(seconds)} s`
    : `${Math.round(seconds / 60)} min`;
}

function costOf(runs: readonly Run[]): Record<string, string> {
  if (runs.length === 0) return {};
  const passes = runs.reduce((sum, run) => sum + run.forwardPasses, 0);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  return {
    runs: `${runs.length}`,
    "forward-pass equivalents": passes.toLocaleString("en"),
    time: duration(seconds),
  };
}

function ran(
  paper: Paper,
  row: CatalogueRow,
  runs: readonly Run[],
  finding: Finding,
  scale: Scale,
): ReportRow {
  const { study, studyItem: item } = studyItem(paper.name, row.item)!;
  const { p: _, twoAnswers: __, ...shown } = finding;
  return {
    ...base(paper, row, scale),
    ...shown,
    seeds: new Set(runs.map((run) => run.plan.seed)).size,
    command: command(rowId(paper, row), scale),
    figures: item.figures(runs, scale),
    settings: { [scale]: study.settings[scale] },
    cost: costOf(runs),
  };
}

function reportPaper(paper: Paper, runs: RunsByRow, scale: Scale): ReportPaper {
  const findings = corrected(paper.rows.map((row) => {
    const own = runs.get(rowId(paper, row));
    return own && studyItem(paper.name, row.item)!.studyItem.judge(own, scale);
  }));
  const result: ReportPaper = {
    name: paper.name,
    title: paper.title,
    authors: paper.authors,
    year: paper.year,
    reference: paper.reference,
    summary: paper.idea,
    rows: paper.rows.map((row, i) => {
      const own = runs.get(rowId(paper, row));
      const finding = findings[i];
      return own && finding
        ? ran(paper, row, own, finding, scale)
        : notRun(paper, row, scale);
    }),
  };
  return displayedAs(result, async () => {
    const { paperFigure } = await import("../notebook/report_figure.ts");
    return paperFigure(result);
  });
}

/** The report of runs, all papers and rows in the catalogue's order. */
export function reportInput(
  runs: RunsByRow,
  scale: Scale,
  versions: Readonly<Record<string, string>>,
): ReportInput {
  const report: ReportInput = {
    title: "Slope: five papers, figure by figure",
    generatedFor: scale,
    versions,
    papers: catalogue.map((paper) => reportPaper(paper, runs, scale)),
  };
  return displayedAs(report, async () => {
    const { reportFigure } = await import("../notebook/report_figure.ts");
    return reportFigure(report);
  });
}

/** The rows of a report without its pictures: what `results.json` holds. */
export function resultRows({ papers }: ReportInput): ResultRow[] {
  return papers.flatMap(({ rows }) =>
    rows.map(({ figures: _, settings: _s, cost: _c, notes: _n, ...row }) => row)
  );
}
