import { blend } from "./blend.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, withDefault } from "./field.ts";
import { schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode warmUp}. */
export interface WarmUpOptions {
  /** The schedule that follows, from its own step 0. */
  readonly inner: Schedule;
  /** The steps of the warm-up W, an integer ≥ 1. */
  readonly steps: number;
  /** The value at step 0. Default 0, with which the first step moves nothing. */
  readonly from?: number;
}

/**
 * A linear rise to the first value of another schedule, which then follows.
 *
 * η(t) = from + (inner(0) − from)·t/W for t < W, and inner(t − W) from there on,
 * where t is the step and W the length of the warm-up, `steps`. The inner
 * schedule is put off, not cut: the whole has W steps more than it.
 *
 * @param options The inner schedule and the warm-up.
 * @returns A schedule W steps longer than the inner one.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { linear } from "./linear.ts";
 * import { warmUp } from "./warm_up.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = warmUp({ inner: linear({ from: 1, steps: 100 }), steps: 4 });
 *
 * strictEqual(schedule.steps, 104);
 * strictEqual(schedule(1), 0.25);
 * strictEqual(schedule(4), 1);
 * strictEqual(schedule(54), 0.5);
 * ```
 *
 * Reference: P. Goyal et al., "Accurate, large minibatch SGD: Training ImageNet
 * in 1 hour", 2017, arXiv 1706.02677, section 2.2.
 */
export const warmUp: ScheduleFactory<WarmUpOptions> = defineSchedule({
  kind: "warmUp",
  summary: "A linear rise to the first value of another schedule.",
  formula: "η(t) = from + (inner(0) − from)·t/W for t < W; inner(t − W)",
  fields: {
    inner: schedule({ description: "the schedule that follows" }),
    steps: length("the length of the warm-up W"),
    from: withDefault(0, number({ description: "the value at step 0" })),
  },
  curve({ inner, steps, from }) {
    const peak = inner(0);
    return {
      steps: inner.steps === undefined ? undefined : inner.steps + steps,
      at: (t) =>
        t < steps ? blend(from, peak, (steps - t) / steps) : inner(t - steps),
    };
  },
});
