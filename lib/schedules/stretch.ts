import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length } from "./field.ts";
import { finiteSchedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode stretch}. */
export interface StretchOptions {
  /** The schedule that is stretched; it must have a length. */
  readonly inner: Schedule;
  /** The new length, an integer ≥ 1. */
  readonly steps: number;
}

/**
 * Another schedule, stretched or squeezed to another length.
 *
 * η(t) = inner(t·S/T), where t is the step, S the length of the inner schedule and
 * T the new length, `steps`.
 *
 * @param options The inner schedule and the new length.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or the inner schedule has no length.
 *
 * @example A schedule of 90 epochs in a tenth of the time
 * ```ts
 * import { multiStep } from "./multi_step.ts";
 * import { stretch } from "./stretch.ts";
 * import { strictEqual } from "node:assert";
 *
 * const inner = multiStep({
 *   from: 1,
 *   factor: 0.5,
 *   milestones: [300, 600],
 *   steps: 900,
 * });
 * const schedule = stretch({ inner, steps: 90 });
 *
 * strictEqual(schedule(29), 1);
 * strictEqual(schedule(30), 0.5);
 * strictEqual(schedule(60), 0.25);
 * ```
 */
export const stretch: ScheduleFactory<StretchOptions> = defineSchedule({
  kind: "stretch",
  summary: "Another schedule, stretched to another length.",
  formula: "η(t) = inner(t·S/T)",
  fields: {
    inner: finiteSchedule({ description: "the schedule that is stretched" }),
    steps: length("the new length T"),
  },
  curve({ inner, steps }) {
    // Of whole steps the product is exact, and so are boundaries that stay whole.
    return { steps, at: (t) => inner(t * inner.steps / steps) };
  },
});
