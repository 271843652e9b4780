import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { flag, length, number, optional, withDefault } from "./field.ts";

/** Options of {@linkcode exponential}. */
export interface ExponentialOptions {
  /** The value at step 0. */
  readonly from: number;
  /** What the value is multiplied by over each interval, a number > 0. */
  readonly factor: number;
  /** The interval, in steps, a number ≥ 1. Default 1. */
  readonly every?: number;
  /** Whether it changes only at multiples of the interval. Default: no. */
  readonly staircase?: boolean;
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * Exponential decay at a given rate, or growth where the factor exceeds 1.
 *
 * η(t) = from·factor^(t/every), where t is the step; with `staircase`,
 * factor^⌊t/every⌋, which is `step`. It never reaches zero; the exponential that
 * ends at a given value is `normalisedExponential`.
 *
 * @param options The first value, the factor and the interval.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { exponential } from "./exponential.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = exponential({ from: 0.1, factor: 0.25, every: 100 });
 *
 * strictEqual(schedule(0), 0.1);
 * strictEqual(schedule(50), 0.05);
 * strictEqual(schedule(100), 0.025);
 * ```
 */
export const exponential: ScheduleFactory<ExponentialOptions> = defineSchedule({
  kind: "exponential",
  summary: "Exponential decay or growth at a given rate.",
  formula: "η(t) = from·factor^(t/every), or factor^⌊t/every⌋",
  fields: {
    from: number({ description: "the value at step 0" }),
    factor: number({
      description: "what each interval multiplies by",
      above: 0,
    }),
    every: withDefault(
      1,
      number({ description: "the interval", unit: "steps", minimum: 1 }),
    ),
    // No default: specs that were written before it stay as they are.
    staircase: optional(
      flag({ description: "whether it changes only once an interval" }),
      { assumed: false },
    ),
    steps: optional(length("the length T"), { ifMissing: "endless" }),
  },
  curve: ({ from, factor, every, staircase, steps }) => ({
    steps,
    at(t) {
      const intervals = staircase ? Math.floor(t / every) : t / every;
      return from * factor ** intervals;
    },
  }),
});
