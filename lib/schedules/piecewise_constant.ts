import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, optional } from "./field.ts";
import { checkOrder } from "./order.ts";
import { pointList, type SchedulePoint } from "./points_field.ts";

/** Options of {@linkcode piecewiseConstant}. */
export interface PiecewiseConstantOptions {
  /** From which step on which value holds, in order; 1 to 1000 points. */
  readonly points: readonly SchedulePoint[];
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * One value after another, each held until the next.
 *
 * η(t) = valueᵢ for stepᵢ ≤ t < stepᵢ₊₁, where t is the step and (stepᵢ, valueᵢ)
 * are the `points`. Before the first point its value holds already; of points at
 * one step the last counts.
 *
 * @param options The points.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or the points are not in order.
 *
 * @example
 * ```ts
 * import { piecewiseConstant } from "./piecewise_constant.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = piecewiseConstant({
 *   points: [
 *     { step: 0, value: 0.01 },
 *     { step: 400, value: 0.1 },
 *     { step: 32000, value: 0.001 },
 *   ],
 * });
 *
 * strictEqual(schedule(399), 0.01);
 * strictEqual(schedule(400), 0.1);
 * strictEqual(schedule(99999), 0.001);
 * ```
 *
 * Differs from Keras, whose `PiecewiseConstantDecay` keeps the old value at a
 * boundary and changes after it.
 */
export const piecewiseConstant: ScheduleFactory<PiecewiseConstantOptions> =
  defineSchedule({
    kind: "piecewiseConstant",
    summary: "One value after another, each held until the next.",
    formula: "η(t) = valueᵢ for stepᵢ ≤ t < stepᵢ₊₁",
    fields: {
      points: pointList("from which step on which value holds"),
      steps: optional(length("the length T"), { ifMissing: "endless" }),
    },
    curve({ points, steps }, path) {
      checkOrder(points.map(({ step }) => step), path("points"), ".step");
      return {
        steps,
        at(t) {
          const i = points.findLastIndex(({ step }) => step <= t);
          return points[Math.max(i, 0)]!.value;
        },
      };
    },
  });
