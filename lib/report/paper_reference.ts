/**
 * Where a paper is to be found.
 *
 * @module
 */
import { type Markup, markup } from "./markup.ts";
import type { ReportPaper } from "./types.ts";

const arxivId = /^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?\/\d{7})(v\d+)?$/;

/** Authors, year and a link to the paper. */
export function paperReference(paper: ReportPaper): Markup {
  const { authors, year, reference } = paper;
  const link = arxivId.test(reference)
    ? markup`<a href="https://arxiv.org/abs/${reference}" rel="noreferrer">arXiv:${reference}</a>`
    : reference;
  return markup`<p class="reference">${authors}, ${year}, ${link}</p>`;
}
