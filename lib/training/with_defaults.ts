/**
 * A training's options, checked and complete.
 *
 * @module
 */
import type { Averaging } from "../optimizers/averaging.ts";
import { checkClip } from "../optimizers/clip.ts";
import { factorsOf } from "../optimizers/parameter_groups.ts";
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";
import type { Training, TrainingOptions } from "./options.ts";
import { checkSharpness } from "./sharpness.ts";
import { isStreamed, type TrainingSplit } from "./training_data.ts";

/** The averaging of an optimizer that gives the weights to evaluate itself. */
const ownAverage: Averaging = {
  spec: { kind: "own" },
  share: () => 0,
  begins: 1,
  statistics: "recalibrate",
};

/**
 * Fills in defaults.
 *
 * @throws {RangeError} If an option is out of range.
 */
export function withDefaults(options: TrainingOptions): Training {
  const {
    microBatches = 1,
    updatesPerBatch = 1,
    lineOn = "batch",
    groups = [],
    augment = false,
    evaluateEvery = 1,
    recordEvery = 20,
    divergence = "stop",
    checkpointSeconds = 20,
    curvatureEvery = 0,
    freshMasks = false,
    forwardPasses = Infinity,
  } = options;
  if (!(forwardPasses > 0)) {
    throw new RangeError(
      `forwardPasses must be > 0, got ${show(forwardPasses)}`,
    );
  }
  checkInteger("batchSize", options.batchSize, 1, options.data.train.count);
  checkInteger("microBatches", microBatches, 1, options.batchSize);
  checkInteger("updatesPerBatch", updatesPerBatch, 1);
  const { validation } = options.data.evaluation;
  if (!["batch", "validation"].includes(lineOn)) {
    throw new RangeError(
      `lineOn must be "batch" or "validation", got ${show(lineOn)}`,
    );
  }
  if (
    lineOn === "validation" && !((validation?.count ?? 0) >= options.batchSize)
  ) {
    throw new RangeError(
      `lineOn "validation" needs a validation split of at least batchSize (${options.batchSize}) examples, got ${
        validation?.count ?? "none"
      }`,
    );
  }
  if (options.batchSize % microBatches !== 0) {
    throw new RangeError(
      `microBatches must divide batchSize (${options.batchSize}), got ${microBatches}`,
    );
  }
  if (options.clip !== undefined) checkClip(options.clip);
  if (options.telemetry !== undefined && microBatches > 1) {
    throw new RangeError(
      `telemetry needs whole batches: microBatches must be 1, got ${microBatches}`,
    );
  }
  if (options.sharpness !== undefined) checkSharpness(options.sharpness);
  const { parameters } = options.objective;
  factorsOf(parameters.filter(({ role }) => role !== "statistic"), groups);
  checkInteger("epochs", options.epochs, 1);
  if (augment) checkAugmented(options.data.train);
  checkInteger("evaluateEvery", evaluateEvery, 1);
  checkInteger("recordEvery", recordEvery, 1);
  checkInteger("curvatureEvery", curvatureEvery, 0);
  if (!["stop", "reject-step", "continue"].includes(divergence)) {
    throw new RangeError(
      `divergence must be "stop", "reject-step" or "continue", got ${
        show(divergence)
      }`,
    );
  }
  if (!(checkpointSeconds >= 0)) {
    throw new RangeError(
      `checkpointSeconds must be >= 0, got ${show(checkpointSeconds)}`,
    );
  }
  const { whole, spec } = options.optimizer;
  if (whole && groups.length > 0) {
    throw new TypeError(
      `groups are for optimizers that look at one parameter at a time, but ${spec.kind} looks at all at once: leave groups out`,
    );
  }
  if (whole?.averages && options.averaging !== undefined) {
    throw new TypeError(
      `${spec.kind} averages weights itself: leave averaging out`,
    );
  }
  return {
    ...options,
    ...whole?.averages ? { averaging: ownAverage } : {},
    microBatches,
    updatesPerBatch,
    lineOn,
    groups,
    augment,
    evaluateEvery,
    recordEvery,
    divergence,
    checkpointSeconds,
    curvatureEvery,
    freshMasks,
    forwardPasses,
  };
}

/** Refuses examples that cannot be cropped and flipped on the device. */
function checkAugmented(train: TrainingSplit): void {
  if (isStreamed(train)) {
    throw new TypeError(
      "augment is of data on the device: streamed data cut out random pieces themselves (streamImages), leave augment out",
    );
  }
  const { inputs, labels } = train;
  if (inputs.rank !== 4 || labels.rank === 2) {
    throw new TypeError(
      `augment is of images [count, height, width, channels] with a label each, or whose labels are images; inputs are [${inputs.shape}] and labels [${labels.shape}]`,
    );
  }
}

/** Steps of an epoch. */
export function stepsOfEpoch(
  { data, batchSize, updatesPerBatch }: Training,
): number {
  return Math.floor(data.train.count / batchSize) * updatesPerBatch;
}
