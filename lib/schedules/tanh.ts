import { blend } from "./blend.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, withDefault } from "./field.ts";

/** Options of {@linkcode tanh}. */
export interface TanhOptions {
  /** The value that the start comes near to. */
  readonly from: number;
  /** The value that the end comes near to. Default 0. */
  readonly to?: number;
  /** The argument of the hyperbolic tangent at step 0, L. Default −7. */
  readonly lower?: number;
  /** The argument of the hyperbolic tangent at the end, U. Default 3. */
  readonly upper?: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
}

/**
 * A hyperbolic tangent: long flat, then a smooth fall.
 *
 * η(t) = to + (from − to)·½·(1 − tanh(L + (U − L)·t/T)), where t is the step, T
 * the length, `steps`, L is `lower` and U is `upper`. With L = −7 and U = 3 the
 * start is within 1e-6 of the way of `from`; the end keeps ½·(1 − tanh 3) =
 * 0.25 % of the way to `to`.
 *
 * @param options Both ends, the length, and the part of the curve.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { tanh } from "./tanh.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = tanh({ from: 0.1, steps: 100 });
 *
 * strictEqual(schedule(0).toFixed(6), "0.100000");
 * strictEqual(schedule(70).toFixed(12), "0.050000000000");
 * strictEqual(schedule(100).toFixed(8), "0.00024726");
 * ```
 *
 * Reference: B. Hsueh, W. Li, I. Wu, "Stochastic gradient descent with
 * hyperbolic-tangent decay on classification", 2018, arXiv 1806.01593.
 *
 * Differs from timm, whose `TanhLRScheduler` jumps to the lower value at the
 * end.
 */
export const tanh: ScheduleFactory<TanhOptions> = defineSchedule({
  kind: "tanh",
  summary: "A hyperbolic tangent: long flat, then a smooth fall.",
  formula: "η(t) = to + (from − to)·½·(1 − tanh(L + (U − L)·t/T))",
  fields: {
    from: number({ description: "the value that the start comes near to" }),
    to: withDefault(
      0,
      number({ description: "the value that the end comes near to" }),
    ),
    lower: withDefault(-7, number({ description: "the argument L at step 0" })),
    upper: withDefault(3, number({ description: "the argument U at the end" })),
    steps: length("the length T"),
  },
  curve: ({ from, to, lower, upper, steps }) => ({
    steps,
    at(t) {
      const argument = blend(lower, upper, (steps - t) / steps);
      return blend(from, to, (1 - Math.tanh(argument)) / 2);
    },
  }),
});
