import { blend } from "./blend.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, optional, withDefault } from "./field.ts";

/** Options of {@linkcode cosine}. */
export interface CosineOptions {
  /** The value at step 0. */
  readonly from: number;
  /** The value at the end. Default 0. */
  readonly to?: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
  /** The exponent p of the wave, a number > 0. Default 1. */
  readonly exponent?: number;
}

/**
 * Half a cosine wave from one value to another.
 *
 * η(t) = to + (from − to)·(½·(1 + cos(π·t/T)))ᵖ, where t is the step, T the
 * length, `steps`, and p the `exponent`.
 *
 * @param options Both ends and the length.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { cosine } from "./cosine.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = cosine({ from: 0.1, to: 0.001, steps: 1000 });
 *
 * strictEqual(schedule(0), 0.1);
 * strictEqual(schedule(250).toFixed(10), "0.0855017857");
 * strictEqual(schedule(1000), 0.001);
 * ```
 *
 * Reference: I. Loshchilov, F. Hutter, "SGDR: Stochastic gradient descent with
 * warm restarts", 2016, arXiv 1608.03983, equation 5, one period.
 */
export const cosine: ScheduleFactory<CosineOptions> = defineSchedule({
  kind: "cosine",
  summary: "Half a cosine wave from one value to another.",
  formula: "η(t) = to + (from − to)·(½·(1 + cos(π·t/T)))ᵖ",
  fields: {
    from: number({ description: "the value at step 0" }),
    to: withDefault(0, number({ description: "the value at the end" })),
    steps: length("the length T"),
    // No default: specs that were written before it stay as they are.
    exponent: optional(
      number({ description: "the exponent p of the wave", above: 0 }),
      { assumed: 1 },
    ),
  },
  // ½·(1 + cos πs) = sin²(½π·(1 − s)), which is exact at both ends.
  curve: ({ from, to, steps, exponent = 1 }) => ({
    steps,
    at(t) {
      const remaining = Math.sin(Math.PI / 2 * ((steps - t) / steps));
      return blend(from, to, remaining ** (2 * exponent));
    },
  }),
});
