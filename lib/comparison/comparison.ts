/**
 * What a comparison finds, as plain JSON.
 *
 * @module
 */
import type { Interval } from "../statistics/t_interval.ts";
import type { Course } from "./course.ts";
import type { MethodSetting } from "./method.ts";
import type { Quantity } from "./problem.ts";

/** How a method's setting was chosen. */
export interface Tuning {
  /** What its grid is of. */
  readonly varies: string;
  /** The values that were tried. */
  readonly values: readonly number[];
  /** What each gave, less being better; null where it diverged. */
  readonly scores: readonly (number | null)[];
  /** The value that was chosen. */
  readonly chosen: number;
  /** Forward-pass equivalents that it took. */
  readonly cost: number;
}

/** What a method did on a problem. */
export interface MethodResult {
  /** The method's name. */
  readonly method: string;
  /** What it was run with. */
  readonly setting: MethodSetting;
  /** How that was chosen; null where it has no grid, and was run as it is. */
  readonly tuning: Tuning | null;
  /** One run a seed. */
  readonly courses: readonly Course[];
  /** The outcome at the end of the budget, one a seed. */
  readonly final: readonly number[];
  /**
   * Mean and 95 % t interval of the outcome over the seeds; of its decimal logarithm
   * where the outcome's scale is `log`.
   */
  readonly interval: Interval;
}

/** Two methods on a problem, over paired seeds. */
export interface PairResult {
  /** One method. */
  readonly a: string;
  /** The other. */
  readonly b: string;
  /** Outcome of a − outcome of b (of logarithms, where the scale is `log`). */
  readonly difference: Interval;
  /** Two-sided p value of no difference. */
  readonly p: number;
  /** Whether it differs from 0 after Holm's correction over the problem's pairs, at 5 %. */
  readonly differs: boolean;
}

/** What methods did on a problem. */
export interface ProblemResult {
  /** The problem's name. */
  readonly problem: string;
  /** What it is. */
  readonly title: string;
  /** What is minimised. */
  readonly loss: Quantity;
  /** What methods are judged by. */
  readonly outcome: Quantity;
  /** The methods, in the order in which they were given. */
  readonly methods: readonly MethodResult[];
  /** All pairs of them. */
  readonly pairs: readonly PairResult[];
}

/** Methods compared at equal cost; in a notebook it shows itself. */
export interface Comparison {
  /** Forward-pass equivalents of each run. */
  readonly budget: number;
  /** The paired seeds. */
  readonly seeds: readonly number[];
  /** Settings of each grid. */
  readonly settings: number;
  /**
   * What "solved" is: the share of the way from the first loss to the least that any
   * method reached from there, that may be left.
   */
  readonly tolerance: number;
  /** The problems. */
  readonly problems: readonly ProblemResult[];
  /**
   * For each method, forward passes to the solution over those of the best method, one a
   * problem and seed; null where it was not solved.
   */
  readonly ratios: Readonly<Record<string, readonly (number | null)[]>>;
}
