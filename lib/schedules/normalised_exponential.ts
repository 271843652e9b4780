import { blend } from "./blend.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, withDefault } from "./field.ts";

/** Options of {@linkcode normalisedExponential}. */
export interface NormalisedExponentialOptions {
  /** The value at step 0, L₀. */
  readonly from: number;
  /** The value at the end, Lₑ. Default 0. */
  readonly to?: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
}

/**
 * The exponential that falls by a factor e over the run, shifted and stretched
 * so that it joins two given values.
 *
 * η(t) = (from − to)/(1 − e⁻¹)·exp(−t/T) + (to − from·e⁻¹)/(1 − e⁻¹), where t
 * is the step and T the length, `steps`. Exponential decay at a given rate,
 * without an end value, is `exponential`.
 *
 * @param options Both ends and the length.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { normalisedExponential } from "./normalised_exponential.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = normalisedExponential({ from: 0.1, to: 0.001, steps: 100 });
 *
 * strictEqual(schedule(0), 0.1);
 * strictEqual(schedule(50).toFixed(10), "0.0383765262");
 * strictEqual(schedule(100), 0.001);
 * ```
 *
 * Reference: T. Zhang, W. Li, "k-decay: A new method for learning rate
 * schedule", 2020, arXiv 2004.05909, equation 13 with k = 1; `kDecay` of it is
 * equation 13.
 */
export const normalisedExponential: ScheduleFactory<
  NormalisedExponentialOptions
> = defineSchedule({
  kind: "normalisedExponential",
  summary: "The exponential exp(−t/T), scaled to join two values.",
  formula: "η(t) = (from − to)/(1 − e⁻¹)·exp(−t/T) + (to − from·e⁻¹)/(1 − e⁻¹)",
  fields: {
    from: number({ description: "the value at step 0" }),
    to: withDefault(0, number({ description: "the value at the end" })),
    steps: length("the length T"),
  },
  // (exp(−s) − e⁻¹)/(1 − e⁻¹) = (exp(1 − s) − 1)/(e − 1), exact at both ends.
  curve: ({ from, to, steps }) => ({
    steps,
    at: (t) => blend(from, to, Math.expm1((steps - t) / steps) / Math.expm1(1)),
  }),
});
