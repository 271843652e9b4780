import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number } from "./field.ts";
import { schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode shift}. */
export interface ShiftOptions {
  /** The schedule that is shifted. */
  readonly inner: Schedule;
  /** By how many steps, an integer: later if > 0, earlier if < 0. */
  readonly by: number;
}

/**
 * Another schedule, later or earlier.
 *
 * η(t) = inner(t − by), where t is the step. Put off, it has its first value until
 * it begins; brought forward, it begins in its middle.
 *
 * @param options The inner schedule and the shift.
 * @returns A schedule that is longer by as much, if the inner one has a length.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or no integer, or nothing of the inner schedule is left.
 *
 * @example
 * ```ts
 * import { linear } from "./linear.ts";
 * import { shift } from "./shift.ts";
 * import { strictEqual } from "node:assert";
 *
 * const inner = linear({ from: 1, steps: 100 });
 *
 * strictEqual(shift({ inner, by: 10 })(10), 1);
 * strictEqual(shift({ inner, by: 10 })(60), 0.5);
 * strictEqual(shift({ inner, by: -25 })(0), 0.75);
 * strictEqual(shift({ inner, by: -25 }).steps, 75);
 * ```
 */
export const shift: ScheduleFactory<ShiftOptions> = defineSchedule({
  kind: "shift",
  summary: "Another schedule, later or earlier.",
  formula: "η(t) = inner(t − by)",
  fields: {
    inner: schedule({ description: "the schedule that is shifted" }),
    by: number({
      description: "by how much later, earlier if < 0",
      unit: "steps",
      minimum: -Number.MAX_SAFE_INTEGER,
      integer: true,
    }),
  },
  curve({ inner, by }, path) {
    const steps = inner.steps === undefined ? undefined : inner.steps + by;
    if (steps !== undefined && steps < 1) {
      throw new RangeError(
        `${path("by")} must be > ${-inner
          .steps!}, which leaves a step of the inner schedule, got ${by}`,
      );
    }
    return { steps, at: (t) => inner(t - by) };
  },
});
