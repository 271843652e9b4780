import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { finiteSchedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode reverse}. */
export interface ReverseOptions {
  /** The schedule that is reversed; it must have a length. */
  readonly inner: Schedule;
}

/**
 * Another schedule backwards.
 *
 * η(t) = inner(T − t), where t is the step and T the length of the inner schedule.
 * A jump at step s of it becomes one right after T − s.
 *
 * @param options The inner schedule.
 * @returns A schedule of the inner schedule's length.
 * @throws {TypeError} If `inner` is missing or no schedule with a length.
 *
 * @example
 * ```ts
 * import { linear } from "./linear.ts";
 * import { reverse } from "./reverse.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = reverse({ inner: linear({ from: 1, steps: 100 }) });
 *
 * strictEqual(schedule(0), 0);
 * strictEqual(schedule(25), 0.25);
 * strictEqual(schedule(100), 1);
 * ```
 */
export const reverse: ScheduleFactory<ReverseOptions> = defineSchedule({
  kind: "reverse",
  summary: "Another schedule backwards.",
  formula: "η(t) = inner(T − t)",
  fields: {
    inner: finiteSchedule({ description: "the schedule that is reversed" }),
  },
  curve: ({ inner }) => ({
    steps: inner.steps,
    at: (t) => inner(inner.steps - t),
  }),
});
