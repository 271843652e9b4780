/**
 * What a flatness report is asked for.
 *
 * @module
 */
import type { ProbeControl } from "../probes/control.ts";
import type { OwnData, OwnDataOptions } from "../datasets/own/examples.ts";
import type { Architecture } from "../saved_models/weights_file.ts";
import type { LossName } from "../training/layers_model.ts";
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";
import { type Budget, budgets, checkMetrics } from "./effort.ts";
import type { MetricName } from "./measurement.ts";

/** How inputs are prepared: first scaled, then standardised. */
export interface Preprocessing {
  /** A factor, such as 255 for a model of pixels in [0, 255]. @default {1} */
  readonly scale?: number;
  /** Means μ of the channels, for (x − μ)/σ, in units of the scaled inputs. */
  readonly mean?: readonly number[];
  /** Standard deviations σ of the channels. @default {1 each} */
  readonly standardDeviation?: readonly number[];
  /** Whether μ and σ are those of the data themselves. @default {false} */
  readonly standardise?: boolean;
}

/** What {@linkcode flatness} takes. */
export interface FlatnessOptions extends ProbeControl {
  /** The model: a file or folder that `openModel` reads. */
  readonly model: string;
  /** The data: a file or folder that `readOwnData` reads, or examples. */
  readonly data: string | OwnData;
  /** What a file of weights only is the weights of. */
  readonly architecture?: Architecture;
  /** The loss. @default {what the data and the model's last activation ask for} */
  readonly loss?: LossName;
  /** What the file of data does not say itself, such as what labels are. */
  readonly dataOptions?: OwnDataOptions;
  /** Which part of the data. @default {"train"} */
  readonly split?: "train" | "test";
  /** How inputs are prepared. @default {as they are; bytes are in [0, 1]} */
  readonly preprocessing?: Preprocessing;
  /** How many examples, drawn at random. @default {as many as the budget allows} */
  readonly examples?: number;
  /** Examples at a time, at the most. @default {250} */
  readonly batchSize?: number;
  /** Of the examples, directions and noise. @default {0} */
  readonly seed?: number;
  /** What is measured. @default {all but what is costly, unless thorough} */
  readonly metrics?: readonly MetricName[];
  /**
   * How much is measured: `quick` takes a minute or less, `default` ten minutes or less,
   * `thorough` some hours. @default {"default"}
   */
  readonly budget?: Budget;
  /** The arithmetic. @default {float64 where it is fast enough} */
  readonly precision?: "float32" | "float64";
  /** A second model, measured on the same data with the same seeds. */
  readonly compare?: string;
  /** Told how long it will take, before it starts. */
  readonly onPlan?: (
    plan: { readonly seconds: number; readonly examples: number },
  ) => void;
}

/**
 * Checks what can be checked before files are read.
 *
 * @throws {RangeError | TypeError} If an option is out of range.
 */
export function checkOptions(options: FlatnessOptions): void {
  const { budget = "default", split = "train", metrics, preprocessing } =
    options;
  if (!budgets.includes(budget)) {
    throw new RangeError(
      `budget must be ${budgets.join(", ")}, got ${show(budget)}`,
    );
  }
  if (split !== "train" && split !== "test") {
    throw new RangeError(`split must be train or test, got ${show(split)}`);
  }
  if (metrics !== undefined && checkMetrics(metrics).length === 0) {
    throw new RangeError("metrics must name at least one");
  }
  for (const name of ["examples", "batchSize"] as const) {
    const value = options[name];
    if (value !== undefined) checkInteger(name, value, 1);
  }
  const { seed = 0 } = options;
  checkInteger("seed", seed, 0);
  const { scale = 1, mean, standardDeviation, standardise } = preprocessing ??
    {};
  if (!(Number.isFinite(scale) && scale !== 0)) {
    throw new RangeError(`scale must be finite and not 0, got ${show(scale)}`);
  }
  if (standardise && (mean ?? standardDeviation) !== undefined) {
    throw new RangeError(
      "standardise takes the data's own statistics: leave out mean and standardDeviation",
    );
  }
  if (standardDeviation !== undefined && mean === undefined) {
    throw new RangeError("standardDeviation needs mean, one number a channel");
  }
}
