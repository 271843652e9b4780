/**
 * Averaged weights: an average a of the parameters θ along a training,
 * a ← a + c·(θ − a) after each step, where c is a closed form of the step.
 *
 * @module
 */
import {
  flag,
  number,
  type ReadSchedule,
  withDefault,
} from "../schedules/field.ts";
import { parseSchedule } from "../schedules/parse.ts";
import { readKind } from "../schedules/read_kind.ts";
import {
  type Fields,
  readFields,
  type ValuesOf,
  writeFields,
} from "../schedules/record.ts";
import { checkSize } from "../schedules/size.ts";
import {
  choice,
  type Hyperparameter,
  hyperparameter,
} from "./hyperparameter.ts";
import type { OptimizerSpec } from "./optimizer.ts";

/** A way to average weights. */
export interface Averaging {
  /** `{ kind, …options }`, from which `parseAveraging` makes it again. */
  readonly spec: OptimizerSpec;
  /**
   * Where the running statistics of normalisation come from: `"average"`, from
   * their own average; `"recalibrate"`, from an epoch of forward passes with the
   * averaged weights.
   */
  readonly statistics: "average" | "recalibrate";
  /** The steps after which there is an average. */
  readonly begins: number;
  /** c after a step, counted from 0: the share that the parameters then get. */
  share(step: number): number;
}

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

/** Options of {@linkcode stochasticWeightAverage}. */
export interface StochasticWeightAverageOptions {
  /** The steps after which the first weights are taken, at least 1. */
  readonly from: number;
  /** Steps from one taking to the next, at least 1. @default {1} */
  readonly every?: number;
  /** Where running statistics come from. @default {"recalibrate"} */
  readonly statistics?: Averaging["statistics"];
}

const statisticsField = (standard: Averaging["statistics"]) =>
  choice({
    description: "where the running statistics of normalisation come from",
    words: ["average", "recalibrate"],
    default: standard,
  });

/** Reads options into an averaging. */
function reader<const Of extends Fields>(
  kind: string,
  fields: Of,
  make: (
    values: ValuesOf<Of>,
  ) => Omit<Averaging, "spec">,
): {
  kind: string;
  read(options: unknown, path: string, readSchedule?: ReadSchedule): Averaging;
} {
  return {
    kind,
    read(options, path, readSchedule) {
      const values = readFields(kind, fields, options, path, readSchedule);
      const spec = Object.freeze({ kind, ...writeFields(fields, values) });
      return { spec, ...make(values) };
    },
  };
}

const exponential = reader("exponentialAverage", {
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

const count = (description: string) =>
  number({ description, unit: "steps", minimum: 1, integer: true });

const stochastic = reader("stochasticWeightAverage", {
  from: count("the steps after which the first weights are taken"),
  every: withDefault(1, count("the interval between takings")),
  statistics: statisticsField("recalibrate"),
}, ({ from, every, statistics }) => ({
  statistics,
  begins: from,
  share(step) {
    const since = step + 1 - from;
    return since < 0 || since % every !== 0 ? 0 : 1 / (since / every + 1);
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
 * import { exponentialAverage } from "./averaging.ts";
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
 * import { stochasticWeightAverage } from "./averaging.ts";
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

const names = {
  what: "an averaging",
  example: '{ "kind": "exponentialAverage", "decay": 0.999 }',
};

const readers = new Map(
  [exponential, stochastic].map((one) => [one.kind, one]),
);

/**
 * The averaging that a spec describes.
 *
 * @param spec The plain form, such as `JSON.parse` returns it.
 * @param path Where the spec stands in something larger, for messages. Default:
 * it stands alone.
 * @throws {TypeError} If a field is missing, unknown, or of the wrong type.
 * @throws {RangeError} If a kind is unknown or a number out of range.
 *
 * @example
 * ```ts
 * import { parseAveraging } from "./averaging.ts";
 * import { strictEqual } from "node:assert";
 *
 * const swa = parseAveraging({ kind: "stochasticWeightAverage", from: 100 });
 * strictEqual(swa.statistics, "recalibrate");
 * ```
 */
export function parseAveraging(spec: unknown, path = ""): Averaging {
  checkSize(spec, names.what);
  return readKind(names, readers, spec, path, parseSchedule);
}
