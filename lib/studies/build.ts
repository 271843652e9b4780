/**
 * Makes of a plan what it names: the data, the network.
 *
 * @module
 */
import { channelStatistics } from "../datasets/channel_statistics.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import { holdOut } from "../datasets/hold_out.ts";
import { standardise } from "../datasets/standardise.ts";
import { subset } from "../datasets/subset.ts";
import type { Network } from "../models/network.ts";
import { parseNetwork } from "../models/parse.ts";
import { type ResidentData, residentData } from "../training/resident_data.ts";
import type { DataPlan, ModelSpec } from "./plan.ts";

/** The network of a plan, for the shape and classes of its data. */
export function buildModel(
  model: ModelSpec,
  { shape, classes }: Pick<Dataset, "shape" | "classes">,
): Network {
  return parseNetwork(model, { inputShape: shape, classes });
}

/**
 * Which examples a study uses never depends on a run's seed: pairs of runs differ
 * in nothing but their schedules.
 */
const CHOICE_SEED = 0;

/** The most training examples that training error is measured on. */
const MAX_TRAINING_EVALUATION = 2000;

/**
 * The examples of a plan, on the device: validation examples are held out of the
 * training set, all are standardised by the statistics of what is trained on.
 *
 * @throws {RangeError} If the data set has too few examples.
 */
export function buildData(plan: DataPlan, dataset: Dataset): ResidentData {
  const [rest, validation] = holdOut(
    dataset.train,
    plan.validation,
    CHOICE_SEED,
  );
  const train = take(rest, plan.train);
  const statistics = channelStatistics(train, dataset.shape);
  const prepare = (split: Split) => standardise(split, statistics);
  const prepared = prepare(train);
  return residentData({
    name:
      `${dataset.name} ${plan.train}/${plan.validation}/${plan.test} (${dataset.source})`,
    shape: dataset.shape,
    train: prepared,
    evaluation: {
      train: take(prepared, Math.min(MAX_TRAINING_EVALUATION, plan.train)),
      validation: prepare(validation),
      test: prepare(take(dataset.test, plan.test)),
    },
  });
}

function take(split: Split, count: number): Split {
  return count === split.count ? split : subset(split, count, CHOICE_SEED);
}
