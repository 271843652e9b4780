import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { longest } from "./longest.ts";
import { list, schedule } from "./nested_field.ts";
import type { Schedule } from "./schedule.ts";

/** Options of {@linkcode sum}. */
export interface SumOptions {
  /** The schedules, 1 to 1000. */
  readonly terms: readonly Schedule[];
}

/**
 * Several schedules added step by step.
 *
 * η(t) = Σᵢ termᵢ(t), where t is the step. A term that has ended stays at its end
 * value; the sum ends with the longest of those that have a length.
 *
 * @param options The schedules.
 * @returns A schedule as long as the longest term that has a length; without one
 * if none has.
 * @throws {TypeError | RangeError} If `terms` is missing, no list of schedules, or
 * empty.
 *
 * @example A ripple on a straight line
 * ```ts
 * import { cyclic } from "./cyclic.ts";
 * import { linear } from "./linear.ts";
 * import { sum } from "./sum.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = sum({
 *   terms: [
 *     linear({ from: 1, to: 0.5, steps: 100 }),
 *     cyclic({ lower: 0, upper: 0.25, rise: 5 }),
 *   ],
 * });
 *
 * strictEqual(schedule(0), 1);
 * strictEqual(schedule(45), 1.025);
 * strictEqual(schedule.steps, 100);
 * ```
 */
export const sum: ScheduleFactory<SumOptions> = defineSchedule({
  kind: "sum",
  summary: "Several schedules added step by step.",
  formula: "η(t) = Σᵢ termᵢ(t)",
  fields: {
    terms: list({
      description: "the schedules that are added",
      item: schedule({ description: "a term" }),
    }),
  },
  curve: ({ terms }) => ({
    steps: longest(terms),
    at(t) {
      let value = 0;
      for (const term of terms) value += term(t);
      return value;
    },
  }),
});
