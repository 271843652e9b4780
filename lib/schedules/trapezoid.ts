import { blend } from "./blend.ts";
import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, withDefault } from "./field.ts";

/** Options of {@linkcode trapezoid}. */
export interface TrapezoidOptions {
  /** The value at step 0. Default 0. */
  readonly start?: number;
  /** The value of the flat part. */
  readonly peak: number;
  /** The value at the end. Default 0. */
  readonly end?: number;
  /** The steps of the rise, an integer ≥ 0. */
  readonly rise: number;
  /** The steps of the fall, an integer ≥ 0; rise + fall ≤ steps. */
  readonly fall: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
}

/**
 * A linear rise, a flat part, and a linear fall.
 *
 * η(t) = start + (peak − start)·t/rise for t < rise, peak up to T − fall, and
 * end + (peak − end)·(T − t)/fall after it, where t is the step and T the
 * length, `steps`.
 *
 * @param options The three values and the steps of the parts.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or rise and fall are longer than the whole.
 *
 * @example
 * ```ts
 * import { trapezoid } from "./trapezoid.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = trapezoid({ peak: 2, rise: 10, fall: 15, steps: 30 });
 *
 * strictEqual(schedule(5), 1);
 * strictEqual(schedule(12), 2);
 * strictEqual(schedule(15), 2);
 * strictEqual(schedule(30), 0);
 * ```
 *
 * Reference: C. Xing, D. Arpit, C. Tsirigotis, Y. Bengio, "A walk with SGD",
 * 2018, arXiv 1802.08770.
 */
export const trapezoid: ScheduleFactory<TrapezoidOptions> = defineSchedule({
  kind: "trapezoid",
  summary: "A linear rise, a flat part, and a linear fall.",
  formula: "η(t) = start + (peak − start)·t/rise for t < rise; peak; " +
    "end + (peak − end)·(T − t)/fall for t > T − fall",
  fields: {
    start: withDefault(0, number({ description: "the value at step 0" })),
    peak: number({ description: "the value of the flat part" }),
    end: withDefault(0, number({ description: "the value at the end" })),
    rise: number({
      description: "the length of the rise",
      unit: "steps",
      minimum: 0,
      integer: true,
    }),
    fall: number({
      description: "the length of the fall",
      unit: "steps",
      minimum: 0,
      integer: true,
    }),
    steps: length("the length T"),
  },
  curve({ start, peak, end, rise, fall, steps }, path) {
    if (rise + fall > steps) {
      throw new RangeError(
        `${path("rise")} and ${
          path("fall")
        } must be ≤ ${steps} together, the steps of the whole, got ${
          rise + fall
        }`,
      );
    }
    return {
      steps,
      at(t) {
        if (t < rise) return blend(start, peak, (rise - t) / rise);
        if (t <= steps - fall) return peak;
        return blend(peak, end, (steps - t) / fall);
      },
    };
  },
});
