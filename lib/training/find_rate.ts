/**
 * The learning-rate range test of a training.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../datasets/dataset.ts";
import type { FoundRates } from "../rate_finder/found_rates.ts";
import { rangeTest, type RangeTestOptions } from "../rate_finder/range_test.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { constant } from "../schedules/constant.ts";
import { stepper } from "./advance.ts";
import { breather } from "./breathe.ts";
import { disposeState, initialState } from "./group.ts";
import type { TrainingOptions } from "./options.ts";
import { checkRuns } from "./check_runs.ts";
import { withDefaults } from "./with_defaults.ts";
import { type ResidentData, residentData } from "./resident_data.ts";
import { newRun } from "./run.ts";

/** Options of {@linkcode findRate}: a training's, and the range. */
export interface FindRateOptions extends
  RangeTestOptions,
  Pick<
    TrainingOptions,
    | "objective"
    | "optimizer"
    | "batchSize"
    | "microBatches"
    | "clip"
    | "groups"
    | "augment"
  > {
  /** Examples on the device; or a data set, copied there for the time of the test. */
  data: ResidentData | Dataset;
  /** Decides initial values, data order, augmentation and dropout. @default {0} */
  seed?: number;
  /**
   * The values to start at, one tensor a parameter of the objective; they are
   * neither changed nor disposed.
   *
   * @default {initial values from the seed; of a LayersModel, the values it has}
   */
  parameters?: readonly Tensor[];
}

/**
 * Trains for some steps at learning rates that rise from `from` to `to`, and suggests
 * four of them: see `rangeTest` for the formulas, `suggestRates` for what is
 * suggested.
 *
 * Steps are a training's own, with its optimizer, batches, augmentation and clipping,
 * but are taken on a copy: what is tested has the same weights, running statistics
 * and optimizer state afterwards, to the bit, whether the test ended, failed or was
 * stopped. No tensor is left.
 *
 * @param options The training, and the range: rates, steps, smoothing, when to stop.
 * @returns Rates, losses and suggestions. In a notebook they show their curve.
 * @throws {RangeError | TypeError} If an option is out of range or does not fit.
 * @throws The signal's reason, if it ended the test.
 *
 * @example Softmax regression on drawn digits
 * ```ts
 * import { drawnDigits } from "../datasets/mod.ts";
 * import { mlp } from "../models/mlp.ts";
 * import { momentum } from "../optimizers/sgd.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { findRate } from "./find_rate.ts";
 * import { classification } from "./objective.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const data = drawnDigits({ train: 1000, test: 100 });
 * const found = await findRate({
 *   objective: classification(mlp({ inputShape: data.shape, outputs: 10 })),
 *   data,
 *   optimizer: momentum(),
 *   batchSize: 50,
 *   from: 1e-4,
 * });
 * const { valley } = found.suggestions;
 * ok(valley !== null && valley > 1e-3 && valley < 1);
 * ```
 *
 * Reference: L. Smith, "Cyclical learning rates for training neural networks",
 * 2015, arXiv 1506.01186, section 3.3.
 */
export async function findRate(options: FindRateOptions): Promise<FoundRates> {
  const { data } = options;
  if (!("classNames" in data)) return await findOn(data, options);
  const { name, shape, train } = data;
  const resident = residentData({ name, shape, train });
  try {
    return await findOn(resident, options);
  } finally {
    resident.dispose();
  }
}

async function findOn(
  data: ResidentData,
  options: FindRateOptions,
): Promise<FoundRates> {
  const { seed = 0, parameters } = options;
  const training = withDefaults({
    objective: options.objective,
    data,
    optimizer: options.optimizer,
    batchSize: options.batchSize,
    epochs: 1,
    augment: options.augment ?? false,
    microBatches: options.microBatches ?? 1,
    groups: options.groups ?? [],
    ...options.clip ? { clip: options.clip } : {},
    // The test itself stops at a loss that is not finite.
    divergence: "continue",
  });
  const own = { seed, learningRate: constant({ value: 0 }) };
  checkRuns([own]);
  if (parameters !== undefined) checkParameters(parameters, options);
  const run = newRun(training, own);
  const steps = stepper(training, false);
  const breathe = breather();
  let state: typeof run.state | undefined;
  return await rangeTest({
    async step(learningRate) {
      state ??= run.state = startingState();
      own.learningRate = constant({ value: learningRate });
      const [metrics] = await steps.advance([run], false);
      await breathe();
      return metrics!.loss;
    },
    restore() {
      if (state !== undefined) disposeState(run.state);
      steps.dispose();
    },
  }, options);

  function startingState() {
    const initial = initialState(training, seed);
    if (parameters === undefined) return initial;
    tf.dispose(initial.parameters);
    return { ...initial, parameters: parameters.map((p) => tf.clone(p)) };
  }
}

/** Refuses tensors that are not an objective's parameters. */
function checkParameters(
  tensors: readonly Tensor[],
  { objective: { parameters } }: FindRateOptions,
): void {
  if (tensors.length !== parameters.length) {
    throw new TypeError(
      `parameters must be ${parameters.length} tensors, one a parameter of the objective, got ${tensors.length}`,
    );
  }
  parameters.forEach(({ name, shape }, i) => {
    const { shape: given } = tensors[i]!;
    if (given.join() === shape.join()) return;
    throw new TypeError(`${name} must be of shape [${shape}], got [${given}]`);
  });
}
