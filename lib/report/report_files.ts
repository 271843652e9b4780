/**
 * All files of a report.
 *
 * @module
 */
import { type Figure, themed } from "../figures/mod.ts";
import {
  plotlyPage,
  plotlySource,
  plotlySpaceSource,
} from "../figures/plotly_page.ts";
import { renderSvg } from "../figures/render_svg.ts";
import { hasSurface } from "../figures/surface_figure.ts";
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
  yield* assetFiles();
  const rows = input.papers.flatMap(({ rows }) => rows);
  if (rows.some((row) => row.figures.some((one) => hasSurface(one.figure)))) {
    yield ["assets/plotly-gl3d.min.js", await plotlySpaceSource()];
  }
  for (const paper of input.papers) {
    for (const row of paper.rows) {
      for (const [index, { figure }] of row.figures.entries()) {
        yield* figureFiles(figure, figurePath(paper, row, index));
      }
    }
    yield [pageName(paper), paperPage(input, paper)];
  }
  yield ["index.html", indexPage(input)];
}

/** What every page needs: styles and scripts. */
export async function* assetFiles(): AsyncGenerator<
  [path: string, content: string]
> {
  yield ["assets/report.css", `${themeVariables()}\n${sheet}`];
  yield ["assets/report.js", script];
  yield ["assets/plotly.css", (await plotlyPage()).styleSheet];
  yield ["assets/plotly.min.js", await plotlySource()];
}

/** A figure as plotly JSON and as SVG; the path is without the ending. */
export async function* figureFiles(
  figure: Figure,
  path: string,
): AsyncGenerator<[path: string, content: string]> {
  yield [`${path}.json`, `${JSON.stringify(themed(figure, "light"))}\n`];
  yield [`${path}.svg`, await renderSvg(figure)];
}

function refuseDuplicates(what: string, names: readonly string[]): void {
  const duplicate = names.find((name, index) => names.indexOf(name) !== index);
  if (duplicate !== undefined) {
    throw new RangeError(`${what} must be distinct, got "${duplicate}" twice`);
  }
}
