/**
 * The first page of a report.
 *
 * @module
 */
import { label } from "./badge.ts";
import { type Markup, markup } from "./markup.ts";
import { pageName } from "./names.ts";
import { page } from "./page.ts";
import { paperReference } from "./paper_reference.ts";
import { rowsTable } from "./rows_table.ts";
import type { ReportInput, ReportPaper, Scale, Verdict } from "./types.ts";

const meanings: Record<Scale, string> = {
  smoke:
    "The whole of it on small generated data, to see that everything runs. Nothing is judged.",
  small:
    "Real data with reduced networks, data and epochs. A verdict holds at this scale.",
  paper: "The papers' own settings.",
};

const verdicts: readonly Verdict[] = [
  "reproduced",
  "contradicted",
  "inconclusive",
  "not judged",
  "not run",
];

/**
 * The index of a report as HTML: how many verdicts of each kind, and each
 * paper's results.
 */
export function indexPage(input: ReportInput): string {
  const rows = input.papers.flatMap((paper) => paper.rows);
  const tally = verdicts.map((verdict) => {
    const count = rows.filter((row) => row.verdict === verdict).length;
    return count > 0 &&
      markup`<li>${label(verdict, `${count} ${verdict}`)}</li>`;
  });
  const scale = input.generatedFor;
  const content = markup`<header>
<h1>${input.title}</h1>
<p class="lead"><b>Scale: ${scale}.</b> ${meanings[scale]}</p>
<ul class="tally">${tally}</ul>
</header>
${input.papers.map(paperSection)}`;
  return page(input, { title: input.title, current: "index.html", content });
}

function paperSection(paper: ReportPaper): Markup {
  const file = pageName(paper);
  return markup`<section>
<h2><a href="${file}">${paper.title}</a></h2>
${paperReference(paper)}
<p>${paper.summary}</p>
${rowsTable(paper, file)}
</section>
`;
}
