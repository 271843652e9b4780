import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, optional } from "./field.ts";

/** Options of {@linkcode step}. */
export interface StepOptions {
  /** The value at step 0. */
  readonly from: number;
  /** What each drop multiplies the value by, a number > 0. */
  readonly factor: number;
  /** The steps from one drop to the next, a number ≥ 1. */
  readonly every: number;
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * A staircase: the value is multiplied by a factor at regular intervals.
 *
 * η(t) = from·factor^⌊t/every⌋, where t is the step.
 *
 * @param options The first value, the factor and the interval.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { step } from "./step.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = step({ from: 0.5, factor: 0.5, every: 30 });
 *
 * strictEqual(schedule(29), 0.5);
 * strictEqual(schedule(30), 0.25);
 * strictEqual(schedule(60), 0.125);
 * ```
 *
 * Reference: as PyTorch's `StepLR`; A. Krizhevsky, I. Sutskever, G. Hinton, NeurIPS
 * 2012, section 5, dropped the rate so by hand.
 */
export const step: ScheduleFactory<StepOptions> = defineSchedule({
  kind: "step",
  summary: "A staircase: multiplied by a factor at regular intervals.",
  formula: "η(t) = from·factor^⌊t/every⌋",
  fields: {
    from: number({ description: "the value at step 0" }),
    factor: number({ description: "what each drop multiplies by", above: 0 }),
    every: number({
      description: "the interval between drops",
      unit: "steps",
      minimum: 1,
    }),
    steps: optional(length("the length T"), { ifMissing: "endless" }),
  },
  curve: ({ from, factor, every, steps }) => ({
    steps,
    at: (t) => from * factor ** Math.floor(t / every),
  }),
});
