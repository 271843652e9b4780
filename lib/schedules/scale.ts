import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number } from "./field.ts";
import { schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode scale}. */
export interface ScaleOptions {
  /** The schedule that is multiplied. */
  readonly inner: Schedule;
  /** What it is multiplied by. */
  readonly factor: number;
}

/**
 * Another schedule times a number.
 *
 * η(t) = factor·inner(t), where t is the step.
 *
 * @param options The inner schedule and the factor.
 * @returns A schedule of the inner schedule's length, if it has one.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or not finite.
 *
 * @example
 * ```ts
 * import { linear } from "./linear.ts";
 * import { scale } from "./scale.ts";
 * import { strictEqual } from "node:assert";
 *
 * const inner = linear({ from: 1, to: 0, steps: 100 });
 *
 * strictEqual(scale({ inner, factor: 3 })(50), 1.5);
 * ```
 */
export const scale: ScheduleFactory<ScaleOptions> = defineSchedule({
  kind: "scale",
  summary: "Another schedule times a number.",
  formula: "η(t) = factor·inner(t)",
  fields: {
    inner: schedule({ description: "the schedule that is multiplied" }),
    factor: number({ description: "what it is multiplied by" }),
  },
  curve: ({ inner, factor }) => ({
    steps: inner.steps,
    at: (t) => factor * inner(t),
  }),
});
