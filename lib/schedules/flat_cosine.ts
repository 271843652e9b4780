import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, withDefault } from "./field.ts";
import { shapes, through } from "./shape.ts";

/** Options of {@linkcode flatCosine}. */
export interface FlatCosineOptions {
  /** The value of the flat part. */
  readonly from: number;
  /** The value at the end. Default 0. */
  readonly to?: number;
  /** The steps of the flat part F, an integer from 0 to `steps`. */
  readonly flat: number;
  /** The length T of the whole, an integer ≥ 1. */
  readonly steps: number;
}

/**
 * Flat, then half a cosine wave.
 *
 * η(t) = from for t < F, and to + (from − to)·½·(1 + cos(π·(t − F)/(T − F))) from
 * there on, where t is the step, F the length of the flat part, `flat`, and T that
 * of the whole, `steps`.
 *
 * @param options Both values and both lengths.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or the flat part is longer than the whole.
 *
 * @example
 * ```ts
 * import { flatCosine } from "./flat_cosine.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = flatCosine({ from: 0.1, flat: 60, steps: 100 });
 *
 * strictEqual(schedule(60), 0.1);
 * strictEqual(schedule(80).toFixed(12), "0.050000000000");
 * strictEqual(schedule(100), 0);
 * ```
 *
 * Reference: as fastai's `fit_flat_cos`.
 */
export const flatCosine: ScheduleFactory<FlatCosineOptions> = defineSchedule({
  kind: "flatCosine",
  summary: "Flat, then half a cosine wave.",
  formula: "η(t) = from for t < F; " +
    "to + (from − to)·½·(1 + cos(π·(t − F)/(T − F)))",
  fields: {
    from: number({ description: "the value of the flat part" }),
    to: withDefault(0, number({ description: "the value at the end" })),
    flat: number({
      description: "the length of the flat part F",
      unit: "steps",
      minimum: 0,
      integer: true,
    }),
    steps: length("the length T of the whole"),
  },
  curve({ from, to, flat, steps }, path) {
    if (flat > steps) {
      throw new RangeError(
        `${
          path("flat")
        } must be ≤ ${steps}, the steps of the whole, got ${flat}`,
      );
    }
    return {
      steps,
      at: through([
        { step: flat, value: from, shape: shapes.cosine },
        ...flat < steps ? [{ step: steps, value: to }] : [],
      ]),
    };
  },
});
