import { defineSchedule, type ScheduleFactory } from "./define.ts";
import { length, number, optional } from "./field.ts";
import { list } from "./nested_field.ts";
import { checkOrder } from "./order.ts";

/** Options of {@linkcode multiStep}. */
export interface MultiStepOptions {
  /** The value before the first milestone. */
  readonly from: number;
  /** What each milestone multiplies the value by, a number > 0. */
  readonly factor: number;
  /** The steps at which it does, in order; integers ≥ 0, 1 to 1000 of them. */
  readonly milestones: readonly number[];
  /** The length T, an integer ≥ 1. Without it, the schedule never ends. */
  readonly steps?: number;
}

/**
 * The value is multiplied by a factor at each of several steps.
 *
 * η(t) = from·factorⁿ, where t is the step and n the number of `milestones` ≤ t:
 * at a milestone the new value holds. One that is listed twice counts twice.
 *
 * @param options The first value, the factor and the milestones.
 * @returns A schedule with the given length, if any.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range, or the milestones are not in order.
 *
 * @example
 * ```ts
 * import { multiStep } from "./multi_step.ts";
 * import { strictEqual } from "node:assert";
 *
 * const schedule = multiStep({ from: 8, factor: 0.5, milestones: [30, 80] });
 *
 * strictEqual(schedule(29), 8);
 * strictEqual(schedule(30), 4);
 * strictEqual(schedule(80), 2);
 * ```
 *
 * Reference: K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image
 * recognition", 2015, arXiv 1512.03385, section 4.2.
 */
export const multiStep: ScheduleFactory<MultiStepOptions> = defineSchedule({
  kind: "multiStep",
  summary: "Multiplied by a factor at each of several steps.",
  formula: "η(t) = from·factorⁿ, n the number of milestones ≤ t",
  fields: {
    from: number({ description: "the value before the first milestone" }),
    factor: number({
      description: "what each milestone multiplies by",
      above: 0,
    }),
    milestones: list({
      description: "the steps at which it does, in order",
      unit: "steps",
      item: number({
        description: "a milestone",
        unit: "steps",
        minimum: 0,
        integer: true,
      }),
    }),
    steps: optional(length("the length T"), { ifMissing: "endless" }),
  },
  curve({ from, factor, milestones, steps }, path) {
    checkOrder(milestones, path("milestones"));
    return {
      steps,
      at(t) {
        const next = milestones.findIndex((milestone) => milestone > t);
        return from * factor ** (next < 0 ? milestones.length : next);
      },
    };
  },
});
