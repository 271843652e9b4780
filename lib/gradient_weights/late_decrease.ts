import { defineSchedule, type ScheduleFactory } from "../schedules/define.ts";
import { length, number, withDefault } from "../schedules/field.ts";
import { stepsPerEpoch, weighedStep } from "./epochs.ts";
import { share } from "./share.ts";

/** Options of {@linkcode lateDecrease}. */
export interface LateDecreaseOptions {
  /** The weight before the decrease. @default {1} */
  readonly from?: number;
  /** The weight that it drops to. @default {0.2} */
  readonly low?: number;
  /** The weight at the end. @default {0} */
  readonly to?: number;
  /** The share of the steps before the drop, in (0, 1). @default {0.7} */
  readonly after?: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
  /** The steps of an epoch E, ≥ 1: the weight is held through each. @default {not held} */
  readonly stepsPerEpoch?: number;
}

/**
 * A gradient weight that stays, then drops, then falls on a line: the "new weighting
 * strategy".
 *
 * With x = t/T, where t is the step, and a = `after`: w(t) = from for x < a, then
 * low + (to − low)·(x − a)/(1 − a); with epochs of E steps, w(E·⌊t/E⌋).
 *
 * @param options The weights before the drop, after it, and at the end; when.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example The released code: 1 before epoch 70, then 2/3 − e/150
 * ```ts
 * import { lateDecrease } from "./late_decrease.ts";
 * import { strictEqual } from "node:assert";
 *
 * const weight = lateDecrease({ steps: 39000, stepsPerEpoch: 390 });
 *
 * strictEqual(weight(69 * 390), 1);
 * strictEqual(weight(70 * 390), 0.2);
 * strictEqual(weight(85 * 390).toFixed(12), "0.100000000000");
 * strictEqual(weight(99 * 390).toFixed(12), (2 / 3 - 99 / 150).toFixed(12));
 * ```
 *
 * @example The released scripts of 200 epochs go on down: gradient ascent from 101 on
 * ```ts
 * import { lateDecrease } from "./late_decrease.ts";
 * import { strictEqual } from "node:assert";
 *
 * const weight = lateDecrease({
 *   steps: 200,
 *   stepsPerEpoch: 1,
 *   after: 0.35,
 *   to: -2 / 3,
 * });
 *
 * strictEqual(weight(70), 0.2);
 * strictEqual(weight(100).toFixed(12), "0.000000000000");
 * strictEqual(weight(150).toFixed(12), (-1 / 3).toFixed(12));
 * strictEqual(weight(199).toFixed(12), "-0.660000000000");
 * ```
 *
 * Reference: J. Wei, "Forget the learning rate, decay loss", 2019, figure 4a. The
 * figure is a picture; the numbers are those of the released code
 * (leemathew1998/GradientWeight), which trains 100 epochs.
 */
export const lateDecrease: ScheduleFactory<LateDecreaseOptions> =
  defineSchedule({
    kind: "lateDecrease",
    summary: "A gradient weight that stays, then drops, then falls on a line.",
    formula:
      "w(t) = from for x = t/T < a, then low + (to − low)·(x − a)/(1 − a)",
    fields: {
      from: withDefault(
        1,
        number({ description: "the weight before the drop" }),
      ),
      low: withDefault(
        0.2,
        number({ description: "the weight that it drops to" }),
      ),
      to: withDefault(0, number({ description: "the weight at the end" })),
      after: share("the share of the steps before the drop, a", 0.7),
      steps: length("the length T"),
      stepsPerEpoch,
    },
    curve: ({ from, low, to, after, steps, stepsPerEpoch }) => ({
      steps,
      at(t) {
        const x = weighedStep(t, stepsPerEpoch) / steps;
        if (x < after) return from;
        const past = (x - after) / (1 - after);
        return low * (1 - past) + to * past;
      },
    }),
  });
