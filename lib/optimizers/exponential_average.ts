import { flag, withDefault } from "../schedules/field.ts";
import {
  type Averaging,
  type AveragingKind,
  averagingKind,
  statisticsField,
} from "./averaging.ts";
import { type Hyperparameter, hyperparameter } from "./hyperparameter.ts";

/** Options of {@linkcode exponentialAverage}. */
export interface ExponentialAverageOptions {
  /** How much of the average a step keeps, d in [0, 1). @default {0.999} */
  readonly decay?: Hyperparameter;
  /**
   * Whether d is at most (t + 1) / (t + 10) at step t, so that the average forgets
   * the initial values.
   *
   * @default {true}
   */
  readonly warmUp?: boolean;
  /** Where running statistics come from. @default {"average"} */
  readonly statistics?: Averaging["statistics"];
}

/** The kind, for specs. */
export const exponential: AveragingKind = averagingKind("exponentialAverage", {
  decay: hyperparameter({
    description: "how much of the average a step keeps, d",
    minimum: 0,
    below: 1,
    default: 0.999,
  }),
  warmUp: withDefault(
    true,
    flag({ description: "whether d is at most (t + 1)/(t + 10)" }),
  ),
  statistics: statisticsField("average"),
}, ({ decay, warmUp, statistics }) => ({
  statistics,
  begins: 1,
  share(step) {
    const keep = typeof decay === "number" ? decay : decay(step);
    return 1 - (warmUp ? Math.min(keep, (step + 1) / (step + 10)) : keep);
  },
}));

/**
 * An exponential moving average: a ← d·a + (1 − d)·θ after each step. It begins at
 * the initial values.
 *
 * @param options How much a step keeps; a number, or a schedule of it.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example
 * ```ts
 * import { exponentialAverage } from "./exponential_average.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { share } = exponentialAverage({ decay: 0.75 });
 * strictEqual(share(0), 0.9); // 1 − 1/10
 * strictEqual(share(1000), 0.25);
 * ```
 *
 * Reference: B. Polyak, A. Juditsky, SIAM J. Control Optim. 30, 1992; the warm-up is
 * TensorFlow's `ExponentialMovingAverage` with `num_updates`.
 */
export function exponentialAverage(
  options: ExponentialAverageOptions = {},
): Averaging {
  return exponential.read(options, "");
}
