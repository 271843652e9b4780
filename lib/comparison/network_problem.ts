/**
 * Problems that are networks trained on data.
 *
 * @module
 */
import {
  openDataset,
  type OpenDatasetOptions,
} from "../datasets/open_dataset.ts";
import type { Dataset } from "../datasets/dataset.ts";
import { holdOut } from "../datasets/hold_out.ts";
import { standardise } from "../datasets/standardise.ts";
import { channelStatistics } from "../datasets/channel_statistics.ts";
import { subset } from "../datasets/subset.ts";
import type { Split } from "../datasets/dataset.ts";
import type { Network } from "../models/network.ts";
import { classification } from "../training/objective.ts";
import { reconstruction } from "../training/reconstruction.ts";
import { residentData } from "../training/resident_data.ts";
import type { Quantity, TestProblem } from "./problem.ts";

/** Options of {@linkcode networkProblem}. */
export interface NetworkProblemOptions {
  /** The problem's name. */
  readonly name: string;
  /** What the network is, in a few words. */
  readonly title: string;
  /** Makes the network for the shape of an example and the number of classes. */
  readonly network: (
    data: { inputShape: readonly number[]; classes: number },
  ) => Network;
  /** The data set's name. */
  readonly dataset: string;
  /** Where data sets are looked for. */
  readonly datasets?: OpenDatasetOptions;
  /** What is minimised. @default {"classification"} */
  readonly task?: "classification" | "reconstruction";
  /** Examples trained on. @default {1000} */
  readonly train?: number;
  /** Examples held out to choose settings by. @default {500} */
  readonly validation?: number;
  /** Examples of the test set. @default {500} */
  readonly test?: number;
  /** Examples a step. @default {50} */
  readonly batchSize?: number;
}

/** Which examples are used never depends on a run's seed. */
const CHOICE_SEED = 0;

/**
 * A network on a data set: classified (images standardised by the statistics of what is
 * trained on) or reconstructed (inputs as they are). Settings are chosen on held-out
 * examples, and methods judged on the test set, by the same measure.
 *
 * @throws {DatasetError} In `prepare`, if the data set cannot be had.
 *
 * @example
 * ```ts
 * import { mlp } from "../models/mlp.ts";
 * import { networkProblem } from "./network_problem.ts";
 * import { strictEqual } from "node:assert";
 *
 * const problem = networkProblem({
 *   name: "wide",
 *   title: "256 hidden units",
 *   network: ({ inputShape, classes }) =>
 *     mlp({ inputShape, hidden: [256], outputs: classes }),
 *   dataset: "drawn-digits",
 * });
 * strictEqual(problem.outcome.name, "test error");
 * ```
 */
export function networkProblem(options: NetworkProblemOptions): TestProblem {
  const { name, network, dataset, task = "classification" } = options;
  const { train = 1000, validation = 500, test = 500, batchSize = 50 } =
    options;
  const classifies = task === "classification";
  const quantity = (split: string): Quantity =>
    classifies
      ? {
        name: `${split} error`,
        unit: "%",
        split,
        mean: "error",
        factor: 100,
      }
      : { name: `${split} squared error`, split, mean: "loss", scale: "log" };
  return {
    name,
    title: `${options.title}, ${dataset}`,
    spec: { task, dataset, train, validation, test, batchSize },
    loss: { name: "training loss", split: "train", mean: "loss", scale: "log" },
    outcome: quantity("test"),
    choice: quantity("validation"),
    evaluations: 40,
    async prepare() {
      const data = await openDataset(dataset, options.datasets);
      const made = network({ inputShape: data.shape, classes: data.classes });
      return {
        objective: classifies ? classification(made) : reconstruction(made),
        data: resident(
          data,
          { train, validation, test },
          classifies && data.words === undefined,
        ),
        batchSize,
      };
    },
  };
}

/** So many examples, the classes in proportion. */
function take(split: Split, count: number): Split {
  return count === split.count ? split : subset(split, count, CHOICE_SEED);
}

/** The examples on the device. */
function resident(
  dataset: Dataset,
  sizes: { train: number; validation: number; test: number },
  standardised: boolean,
) {
  const [rest, validation] = holdOut(
    dataset.train,
    sizes.validation,
    CHOICE_SEED,
  );
  const train = take(rest, sizes.train);
  const statistics = channelStatistics(train, dataset.shape);
  const prepared = (split: Split) =>
    standardised ? standardise(split, statistics) : split;
  const trained = prepared(train);
  return residentData({
    name: [
      dataset.name,
      Object.values(sizes).join("/"),
      standardised ? "standardised" : "as they are",
      `(${dataset.source})`,
    ].join(" "),
    shape: dataset.shape,
    train: trained,
    evaluation: {
      train: trained,
      validation: prepared(validation),
      test: prepared(take(dataset.test, sizes.test)),
    },
  });
}
