import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { peakCurve, peakFields, type PeakOptions } from "./peak.ts";

/**
 * An exponential rise to a sharp peak, and the same fall.
 *
 * η = γmax·exp(−|s − ½|/λ), λ = −½/ln(γmin/γmax), where γmax is `peak`, γmin is
 * `end` and s runs from 0 to 1 over the curve. With γstart, `start`, the curve
 * begins at s₀ = ½ + λ·ln(γstart/γmax); then s = s₀ + (1 − s₀)·t/T where t is
 * the step and T is `steps`, or, with `stretch: false`, s = s₀ + t/T, which ends
 * after ⌈(1 − s₀)·T⌉ steps.
 *
 * @param options The values and the length.
 * @returns A schedule of length T, or shorter with `stretch: false`.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or not end ≤ start ≤ peak.
 *
 * @example
 * ```ts
 * import { laplacian } from "./laplacian.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = laplacian({ peak: 1, end: 1e-4, steps: 100 });
 *
 * strictEqual(schedule(25).toFixed(12), "0.010000000000");
 * strictEqual(schedule(50), 1);
 * strictEqual(schedule(100), 1e-4);
 * ```
 *
 * Reference: S. Seong, Y. Lee, Y. Kee, D. Han, J. Kim, "Towards flatter loss
 * surface via nonmonotonic learning rate scheduling", UAI 2018, section 5.
 *
 * Differs from the paper: it does not say whether the curve that the offset
 * leaves is stretched over the budget, so `stretch` is an option.
 */
export const laplacian: ScheduleFactory<PeakOptions> = defineSchedule({
  kind: "laplacian",
  summary: "An exponential rise to a sharp peak, and the same fall.",
  formula: "η = γmax·exp(−|s − ½|/λ), λ = −½/ln(γmin/γmax), s from 0 to 1",
  fields: peakFields,
  curve: (values, path) => peakCurve(values, 1, path),
});
