/**
 * Where a paper is to be found.
 *
 * @module
 */
import { type Markup, markup } from "./markup.ts";
import type { ReportPaper } from "./types.ts";

const arxiv =
  /^(?:arXiv[: ])?((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?)$/;

/** Authors, year and a link to the paper. */
export function paperReference(paper: ReportPaper): Markup {
  const { authors, year, reference } = paper;
  const id = arxiv.exec(reference)?.[1];
  const link = id === undefined
    ? reference
    : markup`<a href="https://arxiv.org/abs/${id}" rel="noreferrer">arXiv:${id}</a>`;
  return markup`<p class="reference">${authors}, ${year}, ${link}</p>`;
}
