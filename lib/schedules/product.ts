import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { longest } from "./longest.ts";
import { list, schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode product}. */
export interface ProductOptions {
  /** The schedules, 1 to 1000. */
  readonly factors: readonly Schedule[];
}

/**
 * Several schedules multiplied step by step.
 *
 * η(t) = Πᵢ factorᵢ(t), where t is the step. A factor that has ended stays at
 * its end value; the product ends with the longest of those that have a length.
 *
 * @param options The schedules.
 * @returns A schedule as long as the longest factor that has a length; without
 * one if none has.
 * @throws {TypeError | RangeError} If `factors` is missing, no list of
 * schedules, or empty.
 *
 * @example A cosine with drops
 * ```ts
 * import { cosine } from "./cosine.ts";
 * import { product } from "./product.ts";
 * import { step } from "./step.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = product({
 *   factors: [
 *     cosine({ from: 1, steps: 100 }),
 *     step({ from: 1, factor: 0.5, every: 50 }),
 *   ],
 * });
 *
 * strictEqual(schedule.steps, 100);
 * strictEqual(schedule(50).toFixed(12), "0.250000000000");
 * ```
 */
export const product: ScheduleFactory<ProductOptions> = defineSchedule({
  kind: "product",
  summary: "Several schedules multiplied step by step.",
  formula: "η(t) = Πᵢ factorᵢ(t)",
  fields: {
    factors: list({
      description: "the schedules that are multiplied",
      item: schedule({ description: "a factor" }),
    }),
  },
  curve: ({ factors }) => ({
    steps: longest(factors),
    at(t) {
      let value = 1;
      for (const factor of factors) value *= factor(t);
      return value;
    },
  }),
});
