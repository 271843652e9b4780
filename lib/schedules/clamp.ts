import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number, optional } from "./field.ts";
import { schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode clamp}. */
export interface ClampOptions {
  /** The schedule that is limited. */
  readonly inner: Schedule;
  /** The least value. Default: none. */
  readonly minimum?: number;
  /** The greatest value, ≥ `minimum`. Default: none. */
  readonly maximum?: number;
}

/**
 * Another schedule, kept within limits.
 *
 * η(t) = min(max(inner(t), minimum), maximum), where t is the step. It cuts the
 * curve off; a schedule that reaches a floor smoothly has an end value of its own.
 *
 * @param options The inner schedule and the limits.
 * @returns A schedule of the inner schedule's length, if it has one.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or not finite, or the limits are not in order.
 *
 * @example
 * ```ts
 * import { clamp } from "./clamp.ts";
 * import { exponential } from "./exponential.ts";
 * import { strictEqual } from "node:assert";
 *
 * const inner = exponential({ from: 1, factor: 0.5, every: 10 });
 *
 * strictEqual(clamp({ inner, minimum: 0.125 })(20), 0.25);
 * strictEqual(clamp({ inner, minimum: 0.125 })(500), 0.125);
 * ```
 */
export const clamp: ScheduleFactory<ClampOptions> = defineSchedule({
  kind: "clamp",
  summary: "Another schedule, kept within limits.",
  formula: "η(t) = min(max(inner(t), minimum), maximum)",
  fields: {
    inner: schedule({ description: "the schedule that is limited" }),
    minimum: optional(number({ description: "the least value" }), {
      ifMissing: "no least",
    }),
    maximum: optional(number({ description: "the greatest value" }), {
      ifMissing: "no greatest",
    }),
  },
  curve({ inner, minimum = -Infinity, maximum = Infinity }, path) {
    if (minimum > maximum) {
      throw new RangeError(
        `${
          path("minimum")
        } must be ≤ maximum, which is ${maximum}, got ${minimum}`,
      );
    }
    return {
      steps: inner.steps,
      at: (t) => Math.min(Math.max(inner(t), minimum), maximum),
    };
  },
});
