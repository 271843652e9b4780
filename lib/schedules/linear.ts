import { blend } from "./blend.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, withDefault } from "./field.ts";

/** Options of {@linkcode linear}. */
export interface LinearOptions {
  /** The value at step 0. */
  readonly from: number;
  /** The value at the end. Default 0. */
  readonly to?: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
}

/**
 * A straight line from one value to another, up or down.
 *
 * η(t) = to + (from − to)·(1 − t/T), where t is the step and T the length,
 * `steps`.
 *
 * @param options Both ends and the length.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { linear } from "./linear.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = linear({ from: 2, to: 0, steps: 100 });
 *
 * strictEqual(schedule(0), 2);
 * strictEqual(schedule(25), 1.5);
 * strictEqual(schedule(101), 0);
 * ```
 *
 * Reference: T. Zhang, W. Li, "k-decay: A new method for learning rate
 * schedule", 2020, arXiv 2004.05909, equation 3.
 */
export const linear: ScheduleFactory<LinearOptions> = defineSchedule({
  kind: "linear",
  summary: "A straight line from one value to another.",
  formula: "η(t) = to + (from − to)·(1 − t/T)",
  fields: {
    from: number({ description: "the value at step 0" }),
    to: withDefault(0, number({ description: "the value at the end" })),
    steps: length("the length T"),
  },
  curve: ({ from, to, steps }) => ({
    steps,
    at: (t) => blend(from, to, (steps - t) / steps),
  }),
});
