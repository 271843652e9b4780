/**
 * A report as a page.
 *
 * @module
 */
import { figureCaption } from "../figures/figure.ts";
import type { Figure } from "../figures/figure.ts";
import { figureMarkup } from "../report/figure_markup.ts";
import { type Markup, markup } from "../report/markup.ts";
import { definitions, page } from "../report/page.ts";
import { duration, formatInvariance, formatValue } from "./format.ts";
import { type MetricName, metrics } from "./measurement.ts";
import type { FlatnessReport, ModelReport } from "./report.ts";
import {
  checkSentences,
  directionsSentence,
  noteSentences,
  rescalingSentences,
} from "./sentences.ts";

/** Where a figure lies, without the ending. */
export function figureFile(index: number): string {
  return `figures/figure-${index + 1}`;
}

function list(sentences: readonly string[]): Markup {
  return markup`<ul>${sentences.map((text) => markup`<li>${text}</li>`)}</ul>`;
}

/** The numbers of one model as a table. */
function table({ measurements }: ModelReport): Markup {
  const rows = (Object.keys(measurements) as MetricName[]).map((name) => {
    const one = measurements[name]!;
    return markup`<tr><th scope="row">${
      metrics[name].title
    }</th><td class="number">${formatValue(one)}</td><td>${
      formatInvariance(one)
    }</td><td class="number">${one.cost}</td></tr>
`;
  });
  return markup`<div class="table"><table>
<thead><tr><th scope="col">Measure</th><th scope="col">Value ± standard error</th><th scope="col">Invariant to</th><th scope="col">Cost in forward passes</th></tr></thead>
<tbody>
${rows}</tbody>
</table></div>
`;
}

/** What one model's numbers rest on. */
function details(report: ModelReport): Markup {
  const { path, format, sha256, weightsSha256, parameters } = report.model;
  return markup`${table(report)}
${list(noteSentences(report))}
<h3>Self-checks</h3>
${list(checkSentences(report.selfChecks))}
<h3>Rescaling of layers</h3>
${list(rescalingSentences(report.rescaling))}
<h3>The file</h3>
${
    definitions({
      "Path": path,
      "Format": format,
      "Parameters": String(parameters),
      "SHA-256 of the files": sha256,
      "SHA-256 of the weights": weightsSha256,
    })
  }`;
}

/** The page of a report whose figures lie beside it. */
export function flatnessPage(
  report: FlatnessReport,
  figures: readonly Figure[],
  versions: Readonly<Record<string, string>>,
): string {
  const { data, settings, comparison, cautions } = report;
  const title = "Flatness";
  const content = markup`<header>
<h1>${title}</h1>
<p class="lead">${report.model.path} on ${data.examples} of ${data.of} examples of ${data.path}. Values with one standard error.</p>
</header>
<section>
<h2>Before you conclude</h2>
<ol>${cautions.map((text) => markup`<li>${text}</li>`)}</ol>
</section>
<section>
<h2>${report.model.path}</h2>
${details(report)}
</section>
${
    comparison !== undefined && markup`<section>
<h2>${comparison.model.path}</h2>
${details(comparison)}
<h3>Along paired directions</h3>
${list(comparison.directions.map(directionsSentence))}
</section>
`
  }<section>
<h2>Figures</h2>
${
    figures.map((figure, i) =>
      figureMarkup(
        { figure, caption: figureCaption(figure) },
        figureFile(i),
        `figure-${i + 1}`,
      )
    )
  }</section>
<section>
<h2>Data and settings</h2>
${
    definitions({
      "Data": `${data.path}, ${settings.split}`,
      "Examples": `${data.examples} of ${data.of}, shape [${
        data.shape.join(", ")
      }]`,
      "SHA-256 of the examples": data.sha256,
      "Preparation of inputs": settings.preprocessing,
      "Loss": `${settings.loss}, without regularisers`,
      "Budget": settings.budget,
      "Seed": String(settings.seed),
      "Batch size": String(settings.batchSize),
      "Arithmetic": `${settings.precision} on ${settings.backend}`,
      "Statistics of batch normalisation": settings.normalisation,
      "Time": `${duration(report.seconds)}, expected: ${
        duration(report.expectedSeconds)
      }`,
    })
  }
</section>
`;
  const frame = {
    title,
    generatedFor: "small" as const,
    versions,
    papers: [],
  };
  return page(frame, { title, current: "index.html", content });
}
