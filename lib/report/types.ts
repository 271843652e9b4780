/**
 * What a report is made from.
 *
 * @module
 */
import type { Figure } from "../figures/mod.ts";

/** How large the runs behind a result were. */
export type Scale = "smoke" | "small" | "paper";

/** What the runs say about a claim. */
export type Verdict =
  | "reproduced"
  | "contradicted"
  | "inconclusive"
  | "not judged"
  | "not run";

/** What was measured for a row. */
export interface Measured {
  /** The value, or null where there is none. */
  value: string | number | null;
  /** Its 95 % interval, or null where it has none. */
  interval: [number, number] | null;
  /** The unit of both, such as "%". */
  unit?: string;
}

/** The result of one figure or table of a paper. */
export interface ResultRow {
  /** `paper/item`, such as "k-decay/fig3"; unique. */
  id: string;
  /** What the figure or table shows. */
  title: string;
  /** What the paper claims, or null where it claims nothing. */
  claim: string | null;
  /** The scale of the runs. */
  scale: Scale;
  /** How many seeds were run. */
  seeds: number;
  /** What was measured. */
  measured: Measured;
  /** What the paper reports, or null where it gives no value. */
  paper: {
    /** The value in the paper's words. */
    value: string | null;
  };
  /** What the runs say about the claim. */
  verdict: Verdict;
  /** Why the verdict is what it is. */
  reason?: string;
  /** The command that measures the row again. */
  command: string;
}

/** A result with all that a report shows of it. */
export interface ReportRow extends ResultRow {
  /** The figures of the row. */
  figures: readonly ReportFigure[];
  /** The settings of the runs, by name. */
  settings: Readonly<Record<string, string>>;
  /** What the runs cost, by name. */
  cost: Readonly<Record<string, string>>;
  /** What a reader should know besides. */
  notes?: readonly string[];
}

/** A figure of a row. */
export interface ReportFigure {
  /** What is drawn and how to read it. */
  caption: string;
  /** The figure. */
  figure: Figure;
}

/** One paper of a report. */
export interface ReportPaper {
  /** Its short name, the first part of its rows' ids; unique. */
  name: string;
  /** Its full title. */
  title: string;
  /** Its authors. */
  authors: string;
  /** The year it appeared. */
  year: number;
  /** Where it is: an arXiv id, such as "2004.05909", becomes a link. */
  reference: string;
  /** What it is about, in a sentence or two. */
  summary: string;
  /** Its figures and tables. */
  rows: readonly ReportRow[];
}

/** All that a report shows. */
export interface ReportInput {
  /** The title of the report. */
  title: string;
  /** The scale that was asked for. */
  generatedFor: Scale;
  /** Versions of what the runs were made with, by name. */
  versions: Readonly<Record<string, string>>;
  /** The papers, in order. */
  papers: readonly ReportPaper[];
}
