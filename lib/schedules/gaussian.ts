import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { peakCurve, peakFields, type PeakOptions } from "./peak.ts";

/**
 * A bell-shaped rise and fall.
 *
 * η = γmax·exp(−(s − ½)²/σ²), σ² = −¼/ln(γmin/γmax), where γmax is `peak`, γmin
 * is `end` and s runs from 0 to 1 over the curve. With γstart, `start`, the
 * curve begins at s₀ = ½ − √(−σ²·ln(γstart/γmax)); then s = s₀ + (1 − s₀)·t/T
 * where t is the step and T is `steps`, or, with `stretch: false`, s = s₀ + t/T,
 * which ends after ⌈(1 − s₀)·T⌉ steps.
 *
 * @param options The values and the length.
 * @returns A schedule of length T, or shorter with `stretch: false`.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or not end ≤ start ≤ peak.
 *
 * @example
 * ```ts
 * import { gaussian } from "./gaussian.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = gaussian({ peak: 1, end: 1e-4, steps: 100 });
 *
 * strictEqual(schedule(0).toExponential(6), "1.000000e-4");
 * strictEqual(schedule(25).toFixed(12), "0.100000000000");
 * strictEqual(schedule(50), 1);
 * strictEqual(schedule(100), 1e-4);
 * ```
 *
 * Reference: S. Seong, Y. Lee, Y. Kee, D. Han, J. Kim, "Towards flatter loss
 * surface via nonmonotonic learning rate scheduling", UAI 2018, section 5.
 *
 * Differs from the paper: it does not say whether the curve that the offset
 * leaves is stretched over the budget, so `stretch` is an option. Its section
 * 7.2 gives σ² itself; that is `end` = peak·exp(−¼/σ²) here.
 */
export const gaussian: ScheduleFactory<PeakOptions> = defineSchedule({
  kind: "gaussian",
  summary: "A bell-shaped rise and fall.",
  formula: "η = γmax·exp(−(s − ½)²/σ²), σ² = −¼/ln(γmin/γmax), s from 0 to 1",
  fields: peakFields,
  curve: (values, path) => peakCurve(values, 2, path),
});
