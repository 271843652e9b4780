import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { mean } from "./mean.ts";
import { finiteSchedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode equalArea}. */
export interface EqualAreaOptions {
  /** The schedule that is scaled; it must have a length. */
  readonly inner: Schedule;
  /** The schedule whose mean it is given; it must have a length. */
  readonly to: Schedule;
}

/**
 * Another schedule, scaled to the mean of a third.
 *
 * η(t) = inner(t)·mean(to)/mean(inner), where t is the step and both means are
 * taken over the steps of each schedule. With it two schedules of one length
 * spend the same total learning rate and differ in shape alone.
 *
 * @param options The schedule to scale and the one to match.
 * @returns A schedule of the inner schedule's length.
 * @throws {TypeError} If an option is missing, unknown or no schedule with a
 * length.
 * @throws {RangeError} If the mean of the inner schedule is zero.
 *
 * @example The mean of k-decay with k = 2 under the shape of k = 1
 * ```ts
 * import { equalArea } from "./equal_area.ts";
 * import { kDecay } from "./k_decay.ts";
 * import { linear } from "./linear.ts";
 * import { mean } from "./mean.ts";
 * import { strictEqual } from "node:assert";
 *
 * const inner = linear({ from: 0.1, to: 0.001, steps: 1000 });
 * const to = kDecay({ inner, k: 2 });
 * const control = equalArea({ inner, to });
 *
 * strictEqual(mean(control).toFixed(12), mean(to).toFixed(12));
 * strictEqual(control(0).toFixed(4), "0.1326");
 * ```
 */
export const equalArea: ScheduleFactory<EqualAreaOptions> = defineSchedule({
  kind: "equalArea",
  summary: "Another schedule, scaled to the mean of a third.",
  formula: "η(t) = inner(t)·mean(to)/mean(inner)",
  fields: {
    inner: finiteSchedule({ description: "the schedule that is scaled" }),
    to: finiteSchedule({ description: "the schedule whose mean it is given" }),
  },
  curve({ inner, to }, path) {
    const factor = mean(to) / mean(inner);
    if (!Number.isFinite(factor)) {
      throw new RangeError(
        `${path("inner")} must have a mean that can be scaled, got ${
          mean(inner)
        }`,
      );
    }
    return { steps: inner.steps, at: (t) => factor * inner(t) };
  },
});
