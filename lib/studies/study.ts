/**
 * What a study is: for each figure of a paper, the runs that test it at each
 * scale, its verdict and its pictures as pure functions of the runs.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import type { Scale } from "./catalogue.ts";
import type { RunPlan } from "./plan.ts";
import type { Interval } from "../statistics/t_interval.ts";
import type { Verdict } from "./statistics.ts";
import type { RunSummary } from "./summary.ts";

/** A run, planned and done. */
export interface Run extends RunSummary {
  /** What was to be run. */
  plan: RunPlan;
}

/** What was found of one row. */
export interface Finding {
  /** The number that the claim is about, with its unit; null where there is none. */
  measured: {
    value: number | string | null;
    interval: [number, number] | null;
    unit?: string;
  };
  /** What the runs say of the claim. */
  verdict: Verdict;
  /** Why it was not judged, or what the verdict rests on. */
  reason: string;
  /** p value of the test, for Holm's correction; absent where nothing was tested. */
  p?: number;
  /**
   * Whether "contradicted" is an answer as good as "reproduced", and corrected like it.
   * @default {false}
   */
  twoAnswers?: true;
  /** Further findings, each a sentence. */
  notes: string[];
}

/** A picture of a finding. */
export interface CaptionedFigure {
  /** What is drawn and how to read it. */
  caption: string;
  /** The figure. */
  figure: Figure;
}

/** A row of the catalogue that can be run. */
export interface StudyItem {
  /** Its name within the paper. */
  item: string;
  /** Whether it is one of the rows that the paper stands on. */
  headline: boolean;
  /** Its runs at a scale, at most `seeds` seeds; undefined where it is not built. */
  plans(scale: Scale, seeds?: number): RunPlan[] | undefined;
  /**
   * Runs that the row shows too where they are there; without them it shows the
   * others. @default {none}
   */
  further?(scale: Scale, seeds?: number): RunPlan[];
  /** What the runs say. */
  judge(runs: readonly Run[], scale: Scale): Finding;
  /** What the runs look like. */
  figures(runs: readonly Run[], scale: Scale): CaptionedFigure[];
}

/** A paper's study. */
export interface Study {
  /** The paper's name on the command line. */
  paper: string;
  /** Its rows that are built. */
  items: readonly StudyItem[];
  /** What the scales stand for, a sentence each, for the report. */
  settings: Readonly<Record<Scale, string>>;
}

/** A finding that stands for "this has no claim". */
export function illustration(notes: string[] = []): Finding {
  return {
    measured: { value: null, interval: null },
    verdict: "not judged",
    reason: "no claim",
    notes,
  };
}

/** A finding from a test on paired differences. */
export function tested(
  { verdict, interval, p }: { verdict: Verdict; interval: Interval; p: number },
  unit: string,
  reason: string,
  notes: string[] = [],
): Finding {
  return {
    measured: {
      value: interval.mean,
      interval: [interval.low, interval.high],
      unit,
    },
    verdict,
    reason,
    p,
    notes,
  };
}
