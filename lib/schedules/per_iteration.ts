import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number } from "./field.ts";
import { schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode perIteration}. */
export interface PerIterationOptions {
  /** The schedule that counts epochs. */
  readonly inner: Schedule;
  /** The steps of an epoch E, a number ≥ 1; need not be an integer. */
  readonly stepsPerEpoch: number;
}

/**
 * A schedule that counts epochs, read at every step in between.
 *
 * η(t) = inner(t/E), where t is the step and E the number of steps per epoch,
 * `stepsPerEpoch`. `perEpoch` of it, with the same E, holds inner(e) all through
 * epoch e.
 *
 * @param options The inner schedule and the steps per epoch.
 * @returns A schedule of ⌈E·T⌉ steps, if the inner one has a length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { linear } from "./linear.ts";
 * import { perIteration } from "./per_iteration.ts";
 * import { strictEqual } from "node:assert";
 *
 * const epochs = linear({ from: 1, steps: 4 });
 * const schedule = perIteration({ inner: epochs, stepsPerEpoch: 100 });
 *
 * strictEqual(schedule(100), 0.75);
 * strictEqual(schedule(150), 0.625);
 * strictEqual(schedule.steps, 400);
 * ```
 */
export const perIteration: ScheduleFactory<PerIterationOptions> =
  defineSchedule({
    kind: "perIteration",
    summary: "A schedule that counts epochs, read at every step in between.",
    formula: "η(t) = inner(t/E)",
    fields: {
      inner: schedule({ description: "the schedule that counts epochs" }),
      stepsPerEpoch: number({
        description: "the length of an epoch E",
        unit: "steps",
        minimum: 1,
      }),
    },
    curve: ({ inner, stepsPerEpoch }) => ({
      steps: inner.steps && Math.ceil(inner.steps * stepsPerEpoch),
      at: (t) => inner(t / stepsPerEpoch),
    }),
  });
