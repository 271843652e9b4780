/**
 * A comparison as files: a page with figures, and all numbers as JSON.
 *
 * @module
 */
import { join } from "node:path";
import type { Figure } from "../figures/figure.ts";
import { figureCaption } from "../figures/figure.ts";
import { figureMarkup } from "../report/figure_markup.ts";
import { type Markup, markup } from "../report/markup.ts";
import { safeName } from "../report/names.ts";
import { page } from "../report/page.ts";
import { assetFiles, figureFiles } from "../report/report_files.ts";
import { writeFiles } from "../report/write_report.ts";
import type { Comparison, ProblemResult } from "./comparison.ts";
import { problemFigure, profileFigure } from "./figures.ts";
import {
  methodsTable,
  pairsTable,
  profileTable,
  type TextTable,
} from "./tables.ts";

/**
 * Writes a comparison into a folder, so that it opens without a network: `index.html`,
 * `comparison.json`, `figures/` (plotly JSON and SVG) and `assets/`. Each file appears
 * whole or not at all, the page last.
 *
 * @param versions Versions of what the runs were made with, by name.
 * @param directory Where it goes; made if it is not there.
 * @returns The path of the page.
 */
export async function writeComparison(
  comparison: Comparison,
  versions: Readonly<Record<string, string>>,
  directory: string,
): Promise<string> {
  await writeFiles(files(comparison, versions), directory);
  return join(directory, "index.html");
}

/** The files by their paths, in the order in which they can be written. */
async function* files(
  comparison: Comparison,
  versions: Readonly<Record<string, string>>,
): AsyncGenerator<[path: string, content: string]> {
  const { problems, budget } = comparison;
  yield* assetFiles();
  const figures = problems.map((result) => ({
    result,
    figure: problemFigure(result, budget),
    path: `figures/${safeName(result.problem)}`,
  }));
  const profile = profileFigure(comparison);
  const profilePath = "figures/profile-of-all";
  for (const { figure, path } of figures) yield* figureFiles(figure, path);
  yield* figureFiles(profile, profilePath);
  yield ["comparison.json", `${JSON.stringify(comparison, null, 2)}\n`];
  const content = markup`<header>
<h1>Methods at equal cost</h1>
<p class="lead">${leadOf(comparison)}</p>
</header>
<section class="row">
<h2>Over all problems</h2>
${figureOf(profile, profilePath, "profile")}
${
    tableMarkup(
      "Share solved within τ times the best cost",
      profileTable(comparison),
    )
  }
</section>
${
    figures.map(({ result, figure, path }, i) =>
      problemSection(result, figureOf(figure, path, `problem-${i}`))
    )
  }`;
  const frame = {
    title: "Methods at equal cost",
    generatedFor: "small",
    versions,
    papers: [],
  } as const;
  yield [
    "index.html",
    page(frame, { title: frame.title, current: "index.html", content }),
  ];
}

/** What was compared, and how. */
function leadOf({ budget, seeds, settings, problems }: Comparison): string {
  const untuned = problems[0]!.methods.filter(({ tuning }) => tuning === null)
    .map(({ method }) => method);
  return [
    `Each run ends after the first step at which it has spent ${budget} forward-pass equivalents (a backward pass is two; evaluations are not counted).`,
    `${seeds.length} paired seeds.`,
    `Each grid has ${settings} settings, tried once on a seed that is not compared; the best on held-out examples (without data: from another start) is run.`,
    ...untuned.length === 0
      ? []
      : [`Without a grid, run as they are: ${untuned.join(", ")}.`],
  ].join(" ");
}

function problemSection(result: ProblemResult, figure: Markup): Markup {
  return markup`<section class="row">
<h2><span class="item">${result.problem}</span> ${result.title}</h2>
${figure}
${
    tableMarkup(
      "Means over the seeds with 95 % t intervals",
      methodsTable(result),
    )
  }
<details>
<summary>All pairs</summary>
${
    tableMarkup(
      "Differences over paired seeds with 95 % t intervals; Holm's correction over these pairs, at 5 %",
      pairsTable(result),
    )
  }
</details>
</section>
`;
}

function figureOf(figure: Figure, path: string, id: string): Markup {
  return figureMarkup({ figure, caption: figureCaption(figure) }, path, id);
}

/** The roles are spelt out because a narrow page shows rows as blocks. */
function tableMarkup(caption: string, { columns, rows }: TextTable): Markup {
  return markup`<table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${
    columns.map((title) =>
      markup`<th role="columnheader" scope="col">${title}</th>`
    )
  }</tr></thead>
<tbody role="rowgroup">
${
    rows.map((row) =>
      markup`<tr role="row">${
        row.map((text, i) =>
          i === 0
            ? markup`<th role="rowheader" scope="row">${text}</th>`
            : markup`<td role="cell" data-label="${columns[i]!}">${text}</td>`
        )
      }</tr>
`
    )
  }</tbody>
</table>`;
}
