import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { withDefault } from "./field.ts";
import { checkOrder } from "./order.ts";
import { pointList, type SchedulePoint } from "./points_field.ts";
import { type ShapeName, shapeName, shapes, through } from "./shape.ts";

/** Options of {@linkcode piecewiseInterpolated}. */
export interface PiecewiseInterpolatedOptions {
  /** What it passes through, in order; 1 to 1000 points, the last at step ≥ 1. */
  readonly points: readonly SchedulePoint[];
  /** The shape of the way between two points. Default `linear`. */
  readonly shape?: ShapeName;
}

/**
 * A way through given values, straight or in half cosine waves.
 *
 * η(t) = valueᵢ₊₁ + (valueᵢ − valueᵢ₊₁)·g((stepᵢ₊₁ − t)/(stepᵢ₊₁ − stepᵢ)) for
 * stepᵢ ≤ t < stepᵢ₊₁, where t is the step, (stepᵢ, valueᵢ) are the `points` and g
 * is the `shape`: `linear` g(r) = r, `cosine` g(r) = ½·(1 − cos πr),
 * `oneMinusSquareRoot` g(r) = 1 − √(1 − r). Before the first point its value
 * holds; two points at one step make a jump.
 *
 * @param options The points and the shape.
 * @returns A schedule as long as the step of the last point.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, the points are not in order, or the last is at
 * step 0.
 *
 * @example
 * ```ts
 * import { piecewiseInterpolated } from "./piecewise_interpolated.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = piecewiseInterpolated({
 *   points: [
 *     { step: 0, value: 0 },
 *     { step: 10, value: 1 },
 *     { step: 30, value: 0.5 },
 *   ],
 * });
 *
 * strictEqual(schedule(5), 0.5);
 * strictEqual(schedule(20), 0.75);
 * strictEqual(schedule.steps, 30);
 * ```
 */
export const piecewiseInterpolated: ScheduleFactory<
  PiecewiseInterpolatedOptions
> = defineSchedule({
  kind: "piecewiseInterpolated",
  summary: "A way through given values, straight or in half cosine waves.",
  formula: "η(t) = valueᵢ₊₁ + (valueᵢ − valueᵢ₊₁)·" +
    "g((stepᵢ₊₁ − t)/(stepᵢ₊₁ − stepᵢ)) for stepᵢ ≤ t < stepᵢ₊₁",
  fields: {
    points: pointList("what it passes through"),
    shape: withDefault(
      "linear",
      shapeName({ description: "the shape g between two points" }),
    ),
  },
  curve({ points, shape }, path) {
    checkOrder(points.map(({ step }) => step), path("points"), ".step");
    const steps = points.at(-1)!.step;
    if (steps < 1) {
      throw new RangeError(
        `${path("points")}[${
          points.length - 1
        }].step must be ≥ 1, since the schedule ends there, got ${steps}`,
      );
    }
    const way = points.map((point) => ({ ...point, shape: shapes[shape] }));
    return { steps, at: through(way) };
  },
});
