/**
 * The page of one paper.
 *
 * @module
 */
import { badge } from "./badge.ts";
import { figureMarkup } from "./figure_markup.ts";
import { formatMeasured, formatPaperValue, formatRuns } from "./format.ts";
import { type Markup, markup } from "./markup.ts";
import { anchorOf, figurePath, itemOf, pageName } from "./names.ts";
import { definitions, page } from "./page.ts";
import { paperReference } from "./paper_reference.ts";
import { rowsTable } from "./rows_table.ts";
import type { ReportInput, ReportPaper, ReportRow } from "./types.ts";

/**
 * The page of one paper as HTML: the table of its rows, then each row that was
 * run with its figures, settings, cost and command.
 */
export function paperPage(input: ReportInput, paper: ReportPaper): string {
  const run = paper.rows.filter((row) => row.verdict !== "not run");
  const content = markup`<header>
<h1>${paper.title}</h1>
${paperReference(paper)}
<p class="lead">${paper.summary}</p>
</header>
${rowsTable(paper, "")}
${run.map((row) => rowSection(paper, row))}`;
  return page(input, {
    title: `${paper.name} – ${input.title}`,
    current: pageName(paper),
    content,
  });
}

function rowSection(paper: ReportPaper, row: ReportRow): Markup {
  const { claim, reason, notes = [] } = row;
  const anchor = anchorOf(row);
  const figures = row.figures.map((figure, index) =>
    figureMarkup(figure, figurePath(paper, row, index), `${anchor}-${index}`)
  );
  const results = definitions({
    "Paper": formatPaperValue(row),
    "Here": formatMeasured(row.measured),
    "Runs": formatRuns(row),
  });
  return markup`<section class="row" id="${anchor}">
<h2><span class="item">${itemOf(row)}</span> ${row.title}</h2>
<p>${
    claim === null
      ? "The paper makes no claim here."
      : markup`<b>Claim:</b> ${claim}`
  }</p>
<div class="result">
${results}
<p>${badge(row)} ${reason ?? null}</p>
</div>
${figures}
${notes.length > 0 && markup`<ul>${notes.map(item)}</ul>`}
<details>
<summary>Settings and cost</summary>
${definitions(row.settings)}
${definitions(row.cost)}
</details>
<p class="command"><span>Measure it again:</span> <code>${row.command}</code></p>
</section>
`;
}

function item(text: string): Markup {
  return markup`<li>${text}</li>`;
}
