/**
 * What methods are compared on.
 *
 * @module
 */
import type { Objective } from "../training/objective.ts";
import type { ResidentData } from "../training/resident_data.ts";

/** What is minimised, on what; made when it is needed. */
export interface PreparedProblem {
  /** The loss. */
  readonly objective: Objective;
  /**
   * What it is trained on; its evaluation has the splits that {@linkcode TestProblem}
   * names. It is disposed when the comparison is done with it.
   */
  readonly data: ResidentData;
  /** Examples a step. */
  readonly batchSize: number;
}

/** A number that tells how good a training was; less is better. */
export interface Quantity {
  /** What it is, for axes and tables, such as `test error`. */
  readonly name: string;
  /** Its unit, such as `%`. */
  readonly unit?: string;
  /** The split that it is measured on. */
  readonly split: string;
  /** Which of the split's means it is. */
  readonly mean: "loss" | "error";
  /** What the mean is multiplied by. @default {1} */
  readonly factor?: number;
  /**
   * Whether differences are those of decimal logarithms, for losses that span orders
   * of magnitude. @default {"linear"}
   */
  readonly scale?: "linear" | "log";
}

/** A problem that methods are compared on. */
export interface TestProblem {
  /** Its name; with what it is made of it decides the folders of its runs. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** Everything else that decides its runs, as plain JSON. */
  readonly spec: unknown;
  /** The loss that is minimised: what curves show and what "solved" is about. */
  readonly loss: Quantity;
  /** What methods are judged by at the end of the budget. */
  readonly outcome: Quantity;
  /** What settings are chosen by; on data, of examples held out for it. */
  readonly choice: Quantity;
  /** About how many evaluations a run has, at least 1. */
  readonly evaluations: number;
  /** Makes it, once the backend is there. */
  prepare(): Promise<PreparedProblem> | PreparedProblem;
}
