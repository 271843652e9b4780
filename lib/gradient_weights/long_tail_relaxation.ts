import { defineSchedule, type ScheduleFactory } from "../schedules/define.ts";
import { length, number, withDefault } from "../schedules/field.ts";
import { stepsPerEpoch, weighedStep } from "./epochs.ts";
import { share } from "./share.ts";

/** Options of {@linkcode longTailRelaxation}. */
export interface LongTailRelaxationOptions {
  /** The weight at step 0. @default {2} */
  readonly from?: number;
  /** The weight where the tail begins. @default {0.2} */
  readonly tail?: number;
  /** The weight at the end. @default {0} */
  readonly to?: number;
  /** The share of the steps before the tail, in (0, 1). @default {0.5} */
  readonly after?: number;
  /** The length T, an integer ≥ 1. */
  readonly steps: number;
  /** The steps of an epoch E, ≥ 1: the weight is held through each. @default {not held} */
  readonly stepsPerEpoch?: number;
}

/**
 * A gradient weight that falls fast to a low value, and slowly from there.
 *
 * With x = t/T, where t is the step, and a = `after`:
 * w(t) = from + (tail − from)·x/a for x < a, then
 * tail + (to − tail)·(x − a)/(1 − a); with epochs of E steps, w(E·⌊t/E⌋).
 *
 * @param options The weights at the start, the knee and the end; where the knee is.
 * @returns A schedule of length T.
 * @throws {TypeError | RangeError} If an option is missing, unknown, of the
 * wrong type or out of range.
 *
 * @example
 * ```ts
 * import { longTailRelaxation } from "./long_tail_relaxation.ts";
 * import { strictEqual } from "node:assert";
 *
 * const weight = longTailRelaxation({ steps: 100 });
 *
 * strictEqual(weight(0), 2);
 * strictEqual(weight(25), 1.1);
 * strictEqual(weight(50), 0.2);
 * strictEqual(weight(75), 0.1);
 * strictEqual(weight(100), 0);
 * ```
 *
 * Reference: J. Wei, "Forget the learning rate, decay loss", 2019, figure 3a.
 *
 * Differs from the paper: the figure is a picture without numbers, in neither the
 * text nor the released code. What the text asks of the curve is that the weights of
 * the last ten epochs are not what they are in figure 2a, so as to see whether the
 * jump in accuracy goes with small weights. It is read as a fast line down to 0.2,
 * where figure 2a arrives ten epochs before the end, and a long tail to 0: small
 * weights come at half time already. All four numbers are options.
 */
export const longTailRelaxation: ScheduleFactory<LongTailRelaxationOptions> =
  defineSchedule({
    kind: "longTailRelaxation",
    summary: "A gradient weight that falls fast, and slowly from there.",
    formula:
      "w(t) = from + (tail − from)·x/a for x = t/T < a, then tail + (to − tail)·(x − a)/(1 − a)",
    fields: {
      from: withDefault(2, number({ description: "the weight at step 0" })),
      tail: withDefault(
        0.2,
        number({ description: "the weight where the tail begins" }),
      ),
      to: withDefault(0, number({ description: "the weight at the end" })),
      after: share("the share of the steps before the tail, a", 0.5),
      steps: length("the length T"),
      stepsPerEpoch,
    },
    curve: ({ from, tail, to, after, steps, stepsPerEpoch }) => ({
      steps,
      at(t) {
        const x = weighedStep(t, stepsPerEpoch) / steps;
        if (x < after) return from + (tail - from) * (x / after);
        const past = (x - after) / (1 - after);
        return tail * (1 - past) + to * past;
      },
    }),
  });
