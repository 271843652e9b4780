/**
 * What a run writes down. Records hold no times and no addresses: the same run
 * gives the same records.
 *
 * @module
 */

import type { ControllerEventName } from "../controllers/controller.ts";

/** A step, as it was before its update. */
export interface StepRecord {
  /** Number of the step, from 0. */
  step: number;
  /** Epochs done before it (a fraction). */
  epoch: number;
  /** Loss of the batch. */
  loss: number;
  /** Loss of the batch times the gradient weight; only where one is used. */
  weightedLoss?: number;
  /** η of the step. */
  learningRate: number;
  /** w of the step; only where one is used. */
  gradientWeight?: number;
  /** The optimizer's options that schedules decide, by name; only where any are. */
  hyperparameters?: Record<string, number>;
  /** ‖g‖ of the batch, unweighted and unclipped; not at every step. */
  gradientNorm?: number;
  /** g·g; not at every step. */
  gradientNormSquared?: number;
  /** −g·d: the slope of the (weighted) loss along the step; with a controller. */
  slope?: number;
  /** dᵀHd; with a controller, at the steps where it is measured. */
  curvature?: number;
  /** g·d / dᵀHd: where a parabola has its minimum; where dᵀHd is measured. */
  minimiser?: number;
  /** η·g·d: how far the loss would fall if it were straight; with a controller. */
  predictedDecrease?: number;
  /** How far it fell on this batch; where the controller has looked there. */
  actualDecrease?: number;
  /** How often each of the controller's events has happened so far. */
  events?: Record<string, number>;
  /** ‖update‖ / ‖parameters‖; not at every step. */
  updateRatio?: number;
  /** What telemetry measured, by name; not at every step. */
  measured?: Record<string, number>;
  /** Forward-pass equivalents spent so far, this step included (a backward pass is 2). */
  cost: number;
}

/** What is one number in a step's record. */
export type StepQuantity = Exclude<
  keyof StepRecord,
  "hyperparameters" | "measured" | "events"
>;

/** The mean over a split. */
export interface Evaluation {
  /** Mean loss. */
  loss: number;
  /**
   * Share of wrong classes, in [0, 1]; mean squared error of a regression; mean
   * absolute difference of images.
   */
  error: number;
  /** What else the split comes to, by name; only where the objective says. */
  measured?: Record<string, number>;
}

/** An evaluation after `step` steps. */
export interface EvaluationRecord {
  /** Steps done. */
  step: number;
  /** Epochs done. */
  epoch: number;
  /** By the name of the split. */
  evaluation: Record<string, Evaluation>;
  /** The same of the averaged weights; only where there are any by then. */
  averaged?: Record<string, Evaluation>;
  /** Forward-pass equivalents spent so far; only where there is a budget of them. */
  cost?: number;
}

/**
 * What became of a step whose loss (or, for a rejected one, any metric; with a
 * controller, the slope) was not a finite number; or what happened to a controller for
 * the first time. It follows the step's record.
 */
export interface EventRecord {
  /** Number of the step, from 0. */
  step: number;
  /** Epochs done before it (a fraction). */
  epoch: number;
  /** The run ended, the step was undone, the run went on; or the controller's event. */
  event: "diverged" | "rejected step" | "continued" | ControllerEventName;
  /** In words. */
  detail: string;
}

/** One line of `records.jsonl`. */
export type RunRecord = StepRecord | EvaluationRecord | EventRecord;

/** A float32 in its shortest decimal form, so that records stay short and exact. */
export function short(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value; // -0 stays -0
  for (let digits = 3; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === Math.fround(value)) return decimal;
  }
  return Number(value.toPrecision(9));
}

/** JSON has no NaN and no infinity: they are written as strings. */
export function stringifyRecord(record: RunRecord): string {
  return JSON.stringify(
    record,
    (_, value) =>
      typeof value === "number" && !Number.isFinite(value)
        ? String(value)
        : value,
  );
}

/** Reads back a line that {@linkcode stringifyRecord} wrote. */
export function parseRecord(line: string): RunRecord {
  return JSON.parse(
    line,
    (_, value) =>
      value === "NaN" || value === "Infinity" || value === "-Infinity"
        ? Number(value)
        : value,
  );
}
