/**
 * Models and examples of a flatness report, read and checked.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { createHash } from "node:crypto";
import { channelStatistics } from "../datasets/channel_statistics.ts";
import type { Split } from "../datasets/dataset.ts";
import { DatasetError } from "../datasets/dataset_error.ts";
import type { OwnData } from "../datasets/own/examples.ts";
import { readOwnData } from "../datasets/own/read_own_data.ts";
import { standardise } from "../datasets/standardise.ts";
import { subset } from "../datasets/subset.ts";
import { takeExamples } from "../datasets/take_examples.ts";
import { Purpose, randomStream } from "../random/stream.ts";
import { whyNoGradient } from "../saved_models/graph/try_graph.ts";
import { ModelFileError } from "../saved_models/model_file_error.ts";
import { openModel } from "../saved_models/open_model.ts";
import type { SavedModel } from "../saved_models/saved_model.ts";
import { checkFit, lossFor } from "../train_spec/prepare_model.ts";
import type { LossName } from "../training/layers_model.ts";
import { initialValues, type Objective } from "../training/objective.ts";
import { efforts } from "./effort.ts";
import { lossOfGuessing } from "./guessing.ts";
import type { FlatnessOptions, Preprocessing } from "./options.ts";

/** Examples, prepared, and what is told of them. */
export interface PreparedExamples {
  /** Where they were read from. */
  readonly path: string;
  /** What they are. */
  readonly facts: Pick<OwnData, "kind" | "shape" | "classes" | "classNames">;
  /** All of them, prepared. */
  readonly split: Split;
  /** How inputs were prepared, in words. */
  readonly preprocessing: string;
}

/** Prepares inputs; tells how. */
function preprocess(
  split: Split,
  shape: readonly number[],
  { scale = 1, mean, standardDeviation, standardise: own }: Preprocessing,
): { split: Split; words: string } {
  const words: string[] = [];
  let result = split;
  if (scale !== 1) {
    const inputs = result.inputs.map((x) => scale * x);
    result = { ...result, inputs };
    words.push(`× ${scale}`);
  }
  const statistics = own
    ? channelStatistics(result, shape)
    : mean === undefined
    ? undefined
    : {
      mean: [...mean],
      standardDeviation: [...standardDeviation ?? mean.map(() => 1)],
    };
  if (statistics !== undefined) {
    const channels = shape.at(-1)!;
    for (const [name, list] of Object.entries(statistics)) {
      if (list.length === channels) continue;
      throw new RangeError(
        `${name} must be ${channels} numbers, one a channel, got ${list.length}`,
      );
    }
    result = standardise(result, statistics);
    const list = (numbers: readonly number[]) =>
      numbers.slice(0, 8).map((x) => Number(x.toPrecision(6))).join(", ") +
      (numbers.length > 8 ? ", …" : "");
    words.push(
      `(x − [${list(statistics.mean)}]) / [${
        list(statistics.standardDeviation)
      }]`,
    );
  }
  return { split: result, words: words.join(", then ") || "none" };
}

/** Reads and prepares the examples. */
export async function prepareExamples(
  options: FlatnessOptions,
): Promise<PreparedExamples> {
  const { data, dataOptions, split = "train", preprocessing = {} } = options;
  const { budget = "default", examples = efforts[budget].examples } = options;
  const own = typeof data === "string"
    ? await readOwnData(data, { mostPictures: examples, ...dataOptions })
    : data;
  const chosen = own[split];
  if (chosen === undefined) {
    throw new DatasetError(`${own.name}: has no examples to test on apart`);
  }
  const { kind, shape, classes, classNames } = own;
  const prepared = preprocess(chosen, shape, preprocessing);
  return {
    path: typeof data === "string" ? data : own.name,
    facts: { kind, shape, classes, classNames },
    split: prepared.split,
    preprocessing: prepared.words,
  };
}

/**
 * Some of the examples in random order, so that consecutive ones are a sample of all:
 * files are often sorted by class.
 */
export function drawExamples(split: Split, count: number, seed: number): Split {
  const order = randomStream(seed, Purpose.probes, 61)
    .permutation(Math.min(count, split.count));
  return takeExamples(subset(split, order.length, seed), order);
}

/** SHA-256 of examples as they are used. */
export function examplesSha256({ inputs, labels }: Split): string {
  const hash = createHash("sha256");
  for (const { buffer, byteOffset, byteLength } of [inputs, labels]) {
    hash.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }
  return hash.digest("hex");
}

/** A model with its loss and weights. */
export interface PreparedModel {
  /** The model; to be disposed. */
  readonly saved: SavedModel;
  /** The loss's name. */
  readonly loss: LossName;
  /** The loss. */
  readonly objective: Objective;
  /** The weights. */
  readonly weights: Float32Array[];
  /** The loss of guessing. */
  readonly level: number;
  /** Why the loss has no gradient, where it has none. */
  readonly withoutGradient: string | undefined;
}

/** Refuses weights that are not finite, by the layer's name. */
function checkWeights(
  { parameters }: Objective,
  weights: readonly Float32Array[],
): void {
  weights.forEach((values, i) => {
    if (values.every(Number.isFinite)) return;
    throw new RangeError(
      `weights must be finite, got NaN or infinity in ${parameters[i]!.name}`,
    );
  });
}

/** Why TensorFlow.js has no gradient of a layers model; undefined if it has. */
function whyNone(
  objective: Objective,
  weights: readonly Float32Array[],
  shape: readonly number[],
  { labels }: Split,
): string | undefined {
  const label = tf.tensor(
    labels.slice(0, 1),
    [1],
    labels instanceof Int32Array ? "int32" : "float32",
  );
  const tensors = weights.map((values, i) =>
    tf.tensor(values, [...objective.parameters[i]!.shape])
  );
  try {
    return whyNoGradient(
      objective.parameters,
      tensors,
      shape,
      (parameters, inputs) =>
        objective.evaluate(parameters, { inputs, labels: label }).losses,
    );
  } finally {
    tf.dispose([label, ...tensors]);
  }
}

/**
 * Opens a model and checks that the examples fit.
 *
 * @throws {ModelFileError} If it is not read, or they do not.
 */
export async function prepareModel(
  path: string,
  { architecture, loss: asked }: FlatnessOptions,
  { facts, split }: PreparedExamples,
): Promise<PreparedModel> {
  const saved = await openModel(path, {
    ...architecture === undefined ? {} : { architecture },
    inputShape: facts.shape,
  });
  try {
    const loss = asked ?? lossFor(saved, facts);
    checkFit(saved, facts, loss);
    const objective = saved.objective(loss);
    const weights = initialValues(objective, 0);
    checkWeights(objective, weights);
    const level = lossOfGuessing(
      split.labels,
      loss,
      saved.network !== undefined,
    );
    const withoutGradient = saved.withoutGradient ??
      (saved.layersModel && whyNone(objective, weights, facts.shape, split));
    return { saved, loss, objective, weights, level, withoutGradient };
  } catch (error) {
    saved.dispose();
    throw new ModelFileError(`${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
