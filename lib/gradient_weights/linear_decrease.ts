import { defineSchedule, type ScheduleFactory } from "../schedules/define.ts";
import { length, number, withDefault } from "../schedules/field.ts";
import { stepsPerEpoch, weighedStep } from "./epochs.ts";

/** Options of {@linkcode linearDecrease}. */
export interface LinearDecreaseOptions {
  /** The weight at step 0: 2 in the paper's figure 2, 3 in its figure 3. @default {2} */
  readonly from?: number;
  /** The weight at the end. @default {0} */
  readonly to?: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
  /** The steps of an epoch E, ≥ 1: the weight is held through each. @default {not held} */
  readonly stepsPerEpoch?: number;
}

/**
 * A gradient weight that falls on a line: loss decay, and "death convergence".
 *
 * w(t) = from + (to − from)·t/T, where t is the step; with epochs of E steps,
 * w(E·⌊t/E⌋).
 *
 * @param options The weights at both ends, the length, the epoch.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example 100 epochs of 390 steps: the last ten have weights under 0.2
 * ```ts
 * import { linearDecrease } from "./linear_decrease.ts";
 * import { strictEqual } from "node:assert";
 *
 * const weight = linearDecrease({ steps: 39000, stepsPerEpoch: 390 });
 *
 * strictEqual(weight(0), 2);
 * strictEqual(weight(389), 2);
 * strictEqual(weight(390), 1.98);
 * strictEqual(weight(90 * 390).toFixed(12), "0.200000000000");
 * strictEqual(weight(39000), 0);
 * ```
 *
 * Reference: J. Wei, "Forget the learning rate, decay loss", 2019, figures 2a
 * (2 → 0) and 3a (3 → 0). Both are pictures; that the line of figure 2a ends at 0 is
 * in the text ("the gradient weights of the last 10 epoch are between 0.2 and 0").
 * The released code sets its weights once an epoch.
 */
export const linearDecrease: ScheduleFactory<LinearDecreaseOptions> =
  defineSchedule({
    kind: "linearDecrease",
    summary: "A gradient weight that falls on a line.",
    formula: "w(t) = from + (to − from)·t/T",
    fields: {
      from: withDefault(2, number({ description: "the weight at step 0" })),
      to: withDefault(0, number({ description: "the weight at the end" })),
      steps: length("the length T"),
      stepsPerEpoch,
    },
    curve: ({ from, to, steps, stepsPerEpoch }) => ({
      steps,
      at(t) {
        const past = weighedStep(t, stepsPerEpoch) / steps;
        return from * (1 - past) + to * past;
      },
    }),
  });
