/**
 * What a run measured, along what it spent.
 *
 * @module
 */
import type { RunRecord } from "../training/records.ts";
import { standsStillFrom } from "../training/stands_still.ts";
import type { Quantity, TestProblem } from "./problem.ts";

/** A run: what was evaluated, after how many forward-pass equivalents. */
export interface Course {
  /** Its seed. */
  readonly seed: number;
  /** How it ended: at the budget, or because its loss was not finite. */
  readonly status: "done" | "diverged";
  /** Steps taken. */
  readonly steps: number;
  /** Forward-pass equivalents spent before each evaluation; the first is 0. */
  readonly costs: readonly number[];
  /** The problem's loss at each. */
  readonly loss: readonly number[];
  /** The problem's outcome at each. */
  readonly outcome: readonly number[];
  /** What settings are chosen by, at each. */
  readonly choice: readonly number[];
}

/** Losses below it, on which single precision has nothing to say, count as it. */
const FLOOR = 1e-12;

/** What a quantity's differences are taken of. */
export function judgedValue({ scale }: Quantity, value: number): number {
  return scale === "log" ? Math.log10(Math.max(value, FLOOR)) : value;
}

/** The course of a run that has ended; where it stood still by then, it diverged. */
export function courseOf(
  problem: TestProblem,
  seed: number,
  status: Course["status"],
  records: readonly RunRecord[],
): Course {
  const evaluations = records.filter((record) => "evaluation" in record);
  const values = ({ split, mean, factor = 1 }: Quantity) =>
    evaluations.map(({ evaluation, averaged = evaluation }) =>
      factor * averaged[split]![mean]
    );
  const taken = records.filter((record) => "loss" in record);
  const notFinite = taken.at(-1)?.events?.["not finite"] ?? 0;
  return {
    seed,
    status: standsStillFrom(taken, notFinite) === undefined
      ? status
      : "diverged",
    steps: records.reduce((most, { step }) => Math.max(most, step), 0),
    costs: evaluations.map(({ cost }) => cost!),
    loss: values(problem.loss),
    outcome: values(problem.outcome),
    choice: values(problem.choice),
  };
}

/**
 * The last value of a course; that before the first step where the run diverged: it
 * counts as untrained.
 */
export function finalValue(
  { status }: Course,
  values: readonly number[],
): number {
  const last = values.at(-1)!;
  return status === "done" && Number.isFinite(last) ? last : values[0]!;
}

/** The value at a cost: that of the last evaluation at or before it. */
export function valueAt(
  { costs }: Course,
  values: readonly number[],
  cost: number,
): number {
  const next = costs.findIndex((c) => c > cost);
  return values[next === -1 ? values.length - 1 : Math.max(next - 1, 0)]!;
}

/** The cost of the first evaluation at which a loss was at most a target. */
export function costToReach({ costs, loss }: Course, target: number): number {
  const at = loss.findIndex((value) => value <= target);
  return at === -1 ? Infinity : costs[at]!;
}
