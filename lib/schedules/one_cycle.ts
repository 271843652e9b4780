import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { number, withDefault } from "./field.ts";
import {
  cyclePeak,
  oneCycleFields,
  type OneCycleShape,
} from "./one_cycle_fields.ts";
import { shapes, through } from "./shape.ts";

/** Options of {@linkcode oneCycle}. */
export interface OneCycleOptions extends OneCycleShape {
  /** The greatest value. */
  readonly peak: number;
  /** What the first value is smaller by, a number > 0. Default 25. */
  readonly startDivisor?: number;
  /** What the last value is smaller than the first by, > 0. Default 10,000. */
  readonly endDivisor?: number;
}

/**
 * One rise and one fall, to far below the start.
 *
 * With start = peak/startDivisor and end = start/endDivisor, η goes from start at
 * step 0 to peak at rise·T, and then in two phases to end at T; in three phases
 * it goes back to start at 2·rise·T, and then to end at T. T is the length,
 * `steps`; each way is a half cosine wave or straight, as `shape` says.
 *
 * @param options The greatest value, the length, and the parts.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or three phases rise for more than half the time.
 *
 * @example
 * ```ts
 * import { oneCycle } from "./one_cycle.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = oneCycle({ peak: 0.5, steps: 100 });
 *
 * strictEqual(schedule(0), 0.02);
 * strictEqual(schedule(30), 0.5);
 * strictEqual(schedule(65).toFixed(6), "0.250001");
 * strictEqual(schedule(100), 2e-6);
 * ```
 *
 * Reference: L. Smith, N. Topin, "Super-convergence: Very fast training of
 * neural networks using large learning rates", 2017, arXiv 1708.07120.
 *
 * Differs from PyTorch, whose `OneCycleLR` with total_steps = N and pct_start = p
 * is this with `steps` = N − 1, its last step, and `rise` = (p·N − 1)/(N − 1); and
 * from fastai, whose last value is peak/10⁵, not start/10⁴.
 */
export const oneCycle: ScheduleFactory<OneCycleOptions> = defineSchedule({
  kind: "oneCycle",
  summary: "One rise and one fall, to far below the start.",
  formula: "η: peak/startDivisor at 0 → peak at rise·T " +
    "(→ peak/startDivisor at 2·rise·T) → peak/(startDivisor·endDivisor) at T",
  fields: {
    peak: number({ description: "the greatest value" }),
    startDivisor: withDefault(
      25,
      number({ description: "peak over the first value", above: 0 }),
    ),
    endDivisor: withDefault(
      10_000,
      number({ description: "the first value over the last", above: 0 }),
    ),
    ...oneCycleFields,
  },
  curve({ peak, startDivisor, endDivisor, ...cycle }, path) {
    const { top, back } = cyclePeak(cycle, path);
    const { steps } = cycle;
    const shape = shapes[cycle.shape];
    const start = peak / startDivisor;
    const at = through([
      { step: 0, value: start, shape },
      { step: top, value: peak, shape },
      ...back === undefined ? [] : [{ step: back, value: start, shape }],
      { step: steps, value: start / endDivisor },
    ]);
    return { steps, at };
  },
});
