import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, optional } from "./field.ts";

/** Options of {@linkcode constant}. */
export interface ConstantOptions {
  /** The value at every step. */
  readonly value: number;
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * The same value at every step.
 *
 * η(t) = value
 *
 * @param options The value; a length, where it matters (in a `join`, say).
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, no number
 * or not finite.
 *
 * @example
 * ```ts
 * import { constant } from "./constant.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(constant({ value: 0.1 })(12345), 0.1);
 * ```
 */
export const constant: ScheduleFactory<ConstantOptions> = defineSchedule({
  kind: "constant",
  summary: "The same value at every step.",
  formula: "η(t) = value",
  fields: {
    value: number({ description: "the value at every step" }),
    steps: optional(length("the length T"), { ifMissing: "endless" }),
  },
  curve: ({ value, steps }) => ({ steps, at: () => value }),
});
