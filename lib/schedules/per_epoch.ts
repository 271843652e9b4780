import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number } from "./field.ts";
import { schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode perEpoch}. */
export interface PerEpochOptions {
  /** The schedule whose values are held. */
  readonly inner: Schedule;
  /** The steps of an epoch E, a number ≥ 1; need not be an integer. */
  readonly stepsPerEpoch: number;
}

/**
 * Another schedule, held through each epoch at its value at the epoch's start.
 *
 * η(t) = inner(E·⌊t/E⌋), where t is the step and E the number of steps per
 * epoch, `stepsPerEpoch`.
 *
 * @param options The inner schedule and the steps per epoch.
 * @returns A schedule of the inner schedule's length, if it has one. Past it,
 * the value is the inner schedule's end value if the length is a whole number of
 * epochs, else the value of the last epoch.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { linear } from "./linear.ts";
 * import { perEpoch } from "./per_epoch.ts";
 * import { strictEqual } from "node:assert";
 *
 * const inner = linear({ from: 1, to: 0, steps: 100 });
 * const schedule = perEpoch({ inner, stepsPerEpoch: 25 });
 *
 * strictEqual(schedule(24), 1);
 * strictEqual(schedule(25), 0.75);
 * strictEqual(schedule(99), 0.25);
 * strictEqual(schedule(100), 0);
 * ```
 *
 * Reference: S. Seong, Y. Lee, Y. Kee, D. Han, J. Kim, "Towards flatter loss
 * surface via nonmonotonic learning rate scheduling", UAI 2018, figure 6, where
 * it is called discrete.
 */
export const perEpoch: ScheduleFactory<PerEpochOptions> = defineSchedule({
  kind: "perEpoch",
  summary: "Another schedule, held through each epoch.",
  formula: "η(t) = inner(E·⌊t/E⌋)",
  fields: {
    inner: schedule({ description: "the schedule whose values are held" }),
    stepsPerEpoch: number({
      description: "the length of an epoch E",
      unit: "steps",
      minimum: 1,
    }),
  },
  curve: ({ inner, stepsPerEpoch }) => ({
    steps: inner.steps,
    at: (t) => inner(stepsPerEpoch * Math.floor(t / stepsPerEpoch)),
  }),
});
