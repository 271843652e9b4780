/**
 * The papers and their figures and tables: what there is to reproduce.
 *
 * @module
 */
import papers from "./catalogue.json" with { type: "json" };

/** The scales that a figure can be reproduced at, smallest first. */
export const scales = ["smoke", "small", "paper"] as const;

/** How large the runs are: `smoke` tests the machinery, `paper` is the paper's own. */
export type Scale = typeof scales[number];

/** A figure, table or statement of a paper. */
export interface CatalogueRow {
  /** Its name within the paper, such as `fig2`. */
  item: string;
  /** What it shows. */
  title: string;
  /** What is claimed of it; null for an illustration. */
  claim: string | null;
  /** The data that the paper used; empty where there are none. */
  data: string;
  /** The paper's number, where it gives one. */
  paperValue: string | null;
}

/** A paper. */
export interface Paper {
  /** Its name on the command line. */
  name: string;
  /** Its title. */
  title: string;
  /** Its authors. */
  authors: string;
  /** The year it appeared. */
  year: number;
  /** Where to find it. */
  reference: string;
  /** What it proposes, in a sentence. */
  idea: string;
  /** Its figures, tables and statements. */
  rows: readonly CatalogueRow[];
}

/** The papers, in the order in which they are listed. */
export const catalogue: readonly Paper[] = papers;

/** The id of a row: `paper/item`. */
export function rowId(paper: Paper, row: CatalogueRow): string {
  return `${paper.name}/${row.item}`;
}
