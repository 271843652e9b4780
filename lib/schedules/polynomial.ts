import { blend } from "./blend.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { flag, length, number, optional, withDefault } from "./field.ts";

/** Options of {@linkcode polynomial}. */
export interface PolynomialOptions {
  /** The value at step 0. */
  readonly from: number;
  /** The value at the end. Default 0. */
  readonly to?: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
  /** The power N, a number > 0. */
  readonly power: number;
  /**
   * Whether T doubles, triples, … whenever it is reached, which lets the value
   * rise again and never ends. Default: no.
   */
  readonly cycle?: boolean;
}

/**
 * A power of the share of the way that remains.
 *
 * η(t) = to + (from − to)·(1 − t/T)ᴺ, where t is the step, T the length,
 * `steps`, and N the `power`. N = 1 is a straight line; for N > 1 the rate of
 * change falls to zero at the end, for N < 1 it rises there.
 *
 * With `cycle` it never ends: T·⌈t/T⌉ stands for T, so that right after nT the
 * value is that of share n/(n + 1) of a way (n + 1) times as long.
 *
 * @param options Both ends, the length and the power.
 * @returns A schedule of length T; without one if it cycles.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { polynomial } from "./polynomial.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = polynomial({ from: 0.1, to: 0.001, steps: 100, power: 2 });
 *
 * strictEqual(schedule(0), 0.1);
 * strictEqual(schedule(50).toFixed(6), "0.025750");
 * strictEqual(schedule(100), 0.001);
 *
 * const line = { from: 1, steps: 100, power: 1, cycle: true };
 * strictEqual(polynomial(line)(100), 0);
 * strictEqual(polynomial(line)(150), 0.25);
 * ```
 *
 * Reference: T. Zhang, W. Li, "k-decay: A new method for learning rate
 * schedule", 2020, arXiv 2004.05909, equation 11 with k = 1.
 */
export const polynomial: ScheduleFactory<PolynomialOptions> = defineSchedule({
  kind: "polynomial",
  summary: "A power of the share of the way that remains.",
  formula: "η(t) = to + (from − to)·(1 − t/T)ᴺ, or T·⌈t/T⌉ for T",
  fields: {
    from: number({ description: "the value at step 0" }),
    to: withDefault(0, number({ description: "the value at the end" })),
    steps: length("the length T"),
    power: number({ description: "the power N", above: 0 }),
    // No default: specs that were written before it stay as they are.
    cycle: optional(
      flag({ description: "whether T grows whenever it is reached" }),
      { assumed: false },
    ),
  },
  curve: ({ from, to, steps, power, cycle }) => ({
    steps: cycle ? undefined : steps,
    at(t) {
      const end = cycle ? steps * Math.max(1, Math.ceil(t / steps)) : steps;
      // Rounding of the end may leave it before t.
      return blend(from, to, Math.max(0, (end - t) / end) ** power);
    },
  }),
});
