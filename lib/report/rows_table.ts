/**
 * The table of results: the paper's value beside the measured one.
 *
 * @module
 */
import { badge } from "./badge.ts";
import { formatMeasured, formatPaperValue, formatRuns } from "./format.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { anchorOf, itemOf } from "./names.ts";
import type { ReportPaper, ReportRow } from "./types.ts";

/**
 * A paper's rows as a table, and those that were not run as a short list.
 *
 * The roles are spelt out because a narrow page shows rows as blocks, and
 * browsers then forget that they are rows.
 *
 * @param page The address of the paper's page; empty on that page itself.
 */
export function rowsTable(paper: ReportPaper, page: string): Markup {
  const isRun = (row: ReportRow) => row.verdict !== "not run";
  const run = paper.rows.filter(isRun);
  const rest = paper.rows.filter((row) => !isRun(row));
  return markup`${run.length > 0 && table(paper, run, page)}
${rest.length > 0 && notRun(rest)}`;
}

function table(
  paper: ReportPaper,
  rows: readonly ReportRow[],
  page: string,
): Markup {
  const head = ["Row", "Paper", "Here", "Runs", "Verdict"]
    .map((name) => markup`<th role="columnheader" scope="col">${name}</th>`);
  const cell = (label: string, content: Content) =>
    markup`<td role="cell" data-label="${label}">${content}</td>`;
  const body = rows.map((row) => {
    const link = markup`<a href="${page}#${anchorOf(row)}">${itemOf(row)}</a>`;
    return markup`<tr role="row">
<th role="rowheader" scope="row">${link} <span>${row.title}</span></th>
${cell("Paper", formatPaperValue(row))}
${cell("Here", formatMeasured(row.measured))}
${cell("Runs", formatRuns(row))}
${cell("Verdict", badge(row))}
</tr>
`;
  });
  return markup`<table role="table">
<caption>Results of ${paper.name}: the paper's value, and the one measured here with its 95 % interval</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${body}</tbody>
</table>`;
}

/** Rows without a result, each with its reason where there is one. */
function notRun(rows: readonly ReportRow[]): Markup {
  const items = rows.map((row) => {
    const reason = row.reason !== undefined && ` (${row.reason})`;
    return markup`<li><b>${itemOf(row)}</b> ${row.title}${reason}</li>`;
  });
  return markup`<details class="not-run">
<summary>Not run: ${rows.map(itemOf).join(", ")}</summary>
<ul>${items}</ul>
</details>`;
}
