/**
 * All files of a report.
 *
 * @module
 */
import { themed } from "../figures/mod.ts";
import { plotlyPage, plotlySource } from "../figures/plotly_page.ts";
import { renderSvg } from "../figures/render_svg.ts";
import sheet from "./assets/report.css" with { type: "text" };
import script from "./assets/report.js" with { type: "text" };
import { indexPage } from "./index_page.ts";
import { figurePath, pageName } from "./names.ts";
import { paperPage } from "./paper_page.ts";
import { themeVariables } from "./theme_variables.ts";
import type { ReportInput } from "./types.ts";

/**
 * The files of a report by their paths, in the order in which they can be
 * written: what a page refers to comes before the page, and the index last.
 *
 * @throws {RangeError} If two papers have one name, or two rows one id.
 */
export async function* reportFiles(
  input: ReportInput,
): AsyncGenerator<[path: string, content: string]> {
  refuseDuplicates("names of papers", input.papers.map(({ name }) => name));
  for (const { rows } of input.papers) {
    refuseDuplicates("ids of rows", rows.map(({ id }) => id));
  }
  yield ["assets/report.css", `${themeVariables()}\n${sheet}`];
  yield ["assets/report.js", script];
  yield ["assets/plotly.css", (await plotlyPage()).styleSheet];
  yield ["assets/plotly.min.js", await plotlySource()];
  for (const paper of input.papers) {
    for (const row of paper.rows) {
      for (const [index, { figure }] of row.figures.entries()) {
        const path = figurePath(paper, row, index);
        const json = JSON.stringify(themed(figure, "light"));
        yield [`${path}.json`, `${json}\n`];
        yield [`${path}.svg`, await renderSvg(figure)];
      }
    }
    yield [pageName(paper), paperPage(input, paper)];
  }
  yield ["index.html", indexPage(input)];
}

function refuseDuplicates(what: string, names: readonly string[]): void {
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw new RangeError(`${what} must be distinct, got "${duplicate}" twice`);
  }
}
