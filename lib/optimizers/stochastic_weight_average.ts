import { number, withDefault } from "../schedules/field.ts";
import {
  type Averaging,
  type AveragingKind,
  averagingKind,
  statisticsField,
} from "./averaging.ts";

/** Options of {@linkcode stochasticWeightAverage}. */
export interface StochasticWeightAverageOptions {
  /** The steps after which the first weights are taken, at least 1. */
  readonly from: number;
  /** Steps from one taking to the next, at least 1. @default {1} */
  readonly every?: number;
  /** Where running statistics come from. @default {"recalibrate"} */
  readonly statistics?: Averaging["statistics"];
}

const count = (description: string) =>
  number({ description, unit: "steps", minimum: 1, integer: true });

/** The kind, for specs. */
export const stochastic: AveragingKind = averagingKind(
  "stochasticWeightAverage",
  {
    from: count("the steps after which the first weights are taken"),
    every: withDefault(1, count("the interval between takings")),
    statistics: statisticsField("recalibrate"),
  },
  ({ from, every, statistics }) => ({
    statistics,
    begins: from,
    share(step) {
      const since = step + 1 - from;
      return since < 0 || since % every !== 0 ? 0 : 1 / (since / every + 1);
    },
  }),
);

/**
 * Stochastic weight averaging (SWA): the plain mean of the weights at regular
 * intervals, from a step on.
 *
 * @param options From when on, and how often.
 * @throws {TypeError | RangeError} If an option is unknown, of the wrong type or
 * out of range.
 *
 * @example The mean of the weights after steps 100, 110, 120, …
 * ```ts
 * import { stochasticWeightAverage } from "./stochastic_weight_average.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { share } = stochasticWeightAverage({ from: 100, every: 10 });
 * strictEqual(share(99), 1); // step 99 is the hundredth
 * strictEqual(share(100), 0);
 * strictEqual(share(109), 1 / 2);
 * strictEqual(share(119), 1 / 3);
 * ```
 *
 * Reference: P. Izmailov, D. Podoprikhin, T. Garipov, D. Vetrov, A. Wilson, UAI 2018,
 * arXiv 1803.05407, algorithm 1.
 */
export function stochasticWeightAverage(
  options: StochasticWeightAverageOptions,
): Averaging {
  return stochastic.read(options, "");
}
