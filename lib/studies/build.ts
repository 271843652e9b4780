/**
 * Makes of a plan what it names: the data, the network, what is minimised.
 *
 * @module
 */
import { channelStatistics } from "../datasets/channel_statistics.ts";
import type { Dataset, Split } from "../datasets/dataset.ts";
import { holdOut } from "../datasets/hold_out.ts";
import { standardise } from "../datasets/standardise.ts";
import type { StreamedDataset } from "../datasets/streamed/stream_images.ts";
import {
  streamedHoldOut,
  type StreamedSplit,
  streamedSubset,
  withoutDraws,
} from "../datasets/streamed/streamed_split.ts";
import { subset } from "../datasets/subset.ts";
import type { Network } from "../models/network.ts";
import { parseNetwork } from "../models/parse.ts";
import {
  classification,
  type Objective,
  regression,
} from "../training/objective.ts";
import { reconstruction } from "../training/reconstruction.ts";
import { segmentation } from "../training/segmentation.ts";
import { wassersteinAutoencoder } from "../training/wasserstein_autoencoder.ts";
import { translation } from "../training/translation.ts";
import { type ResidentData, residentData } from "../training/resident_data.ts";
import type { TrainingData } from "../training/training_data.ts";
import type { DataPlan, ModelSpec, TrainingPlan } from "./plan.ts";

/** The network of a plan, for the shape and classes of its data. */
export function buildModel(
  model: ModelSpec,
  { shape, classes, wordVectors }: Pick<
    Dataset,
    "shape" | "classes" | "wordVectors"
  >,
): Network {
  return parseNetwork(model, {
    inputShape: shape,
    classes,
    ...wordVectors ? { wordVectors } : {},
  });
}

/** What a plan minimises, on data of a kind. */
export function buildObjective(
  { model, discriminator, decoder, penaltyWeight, top }: Pick<
    TrainingPlan,
    "model" | "discriminator" | "decoder" | "penaltyWeight" | "top"
  >,
  dataset: Pick<Dataset, "kind" | "shape" | "classes" | "wordVectors">,
): Objective {
  const network = buildModel(model, dataset);
  if (decoder !== undefined) {
    return wassersteinAutoencoder({
      encoder: network,
      decoder: buildModel({ ...decoder, imageShape: [...dataset.shape] }, {
        shape: [...network.outputShape],
        classes: 0,
      }),
      ...penaltyWeight === undefined ? {} : { penaltyWeight },
    });
  }
  if (model.kind === "autoencoder") return reconstruction(network);
  switch (dataset.kind) {
    case "classification":
      return classification(network, top === undefined ? {} : { top });
    case "regression":
      return regression(network);
    case "segmentation":
      return segmentation(network);
    case "translation": {
      if (discriminator === undefined) {
        throw new TypeError("a plan on pairs of images needs a discriminator");
      }
      const [height = 0, width = 0, channels = 0] = dataset.shape;
      const seen = {
        shape: [height, width, channels + network.outputShape[2]!],
        classes: 0,
      };
      return translation({
        generator: network,
        discriminator: buildModel(discriminator, seen),
      });
    }
  }
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
 * training set, all are standardised by the statistics of what is trained on (but for
 * pairs of images, which stay in [0, 1], for ids of words, and where the plan wants
 * them raw).
 *
 * @throws {RangeError} If the data set has too few examples.
 */
export function buildData(plan: DataPlan, dataset: Dataset): ResidentData {
  const [rest, validation] = plan.validation === 0
    ? [dataset.train]
    : holdOut(dataset.train, plan.validation, CHOICE_SEED);
  const train = take(rest, plan.train);
  const statistics = channelStatistics(train, dataset.shape);
  const prepare = (split: Split) =>
    plan.raw || dataset.words || dataset.kind === "translation"
      ? split
      : standardise(split, statistics);
  const prepared = prepare(train);
  return residentData({
    name: `${dataset.name} ${plan.train}/${plan.validation}/${plan.test}${
      plan.raw ? " raw" : ""
    } (${dataset.source})`,
    shape: dataset.shape,
    ...dataset.labelShape ? { labelShape: dataset.labelShape } : {},
    train: prepared,
    evaluation: {
      train: take(prepared, Math.min(MAX_TRAINING_EVALUATION, plan.train)),
      ...validation ? { validation: prepare(validation) } : {},
      test: prepare(testExamples(plan, dataset)),
    },
  });
}

/**
 * The examples of a plan that are read while it is trained: chosen and held out as those
 * on the device are. The data set is left open.
 *
 * @throws {RangeError} If the data set has too few examples.
 */
export function buildStreamedData(
  { data: plan, augment }: Pick<TrainingPlan, "data" | "augment">,
  dataset: StreamedDataset,
): TrainingData {
  const [rest, validation] = plan.validation === 0
    ? [dataset.train]
    : streamedHoldOut(dataset.train, plan.validation, CHOICE_SEED);
  const taken = (split: StreamedSplit, count: number) =>
    count === split.count ? split : streamedSubset(split, count, CHOICE_SEED);
  const train = taken(rest, plan.train);
  return {
    name: `${dataset.name} ${plan.train}/${plan.validation}/${plan.test}${
      augment ? "" : " middle pieces"
    }`,
    train: augment ? train : withoutDraws(train),
    evaluation: {
      train: taken(train, Math.min(MAX_TRAINING_EVALUATION, plan.train)),
      ...validation ? { validation } : {},
      test: taken(dataset.test, plan.test),
    },
    dispose() {},
  };
}

/** The test examples of a plan, as the data set has them. */
export function testExamples(
  { test }: Pick<DataPlan, "test">,
  dataset: Dataset,
): Split {
  return take(dataset.test, test);
}

function take(split: Split, count: number): Split {
  return count === split.count ? split : subset(split, count, CHOICE_SEED);
}
