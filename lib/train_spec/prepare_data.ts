/**
 * The examples of a training, on the device.
 *
 * @module
 */
import { isAbsolute, join } from "node:path";
import {
  type ChannelStatistics,
  channelStatistics,
} from "../datasets/channel_statistics.ts";
import type { Split } from "../datasets/dataset.ts";
import { DatasetError } from "../datasets/dataset_error.ts";
import { holdOut } from "../datasets/hold_out.ts";
import {
  openDataset,
  type OpenDatasetOptions,
} from "../datasets/open_dataset.ts";
import type { OwnData } from "../datasets/own/examples.ts";
import { readOwnData } from "../datasets/own/read_own_data.ts";
import { standardise } from "../datasets/standardise.ts";
import {
  streamImages,
  type StreamImagesOptions,
} from "../datasets/streamed/stream_images.ts";
import { streamedHoldOut } from "../datasets/streamed/streamed_split.ts";
import { residentData } from "../training/resident_data.ts";
import type { TrainingData } from "../training/training_data.ts";
import type { TrainSpec } from "./spec.ts";

/** Which examples validate never depends on a run's seed. */
const CHOICE_SEED = 0;

/** Data, and what models must know of them. */
export interface PreparedData {
  /** On the device, or read while it is trained on; to be disposed. */
  readonly examples: TrainingData;
  /** What the labels are, the shape of an example, the classes. */
  readonly facts: Pick<OwnData, "kind" | "shape" | "classes" | "classNames">;
  /** What inputs were standardised by, if they were: new ones must be too. */
  readonly statistics: ChannelStatistics | undefined;
}

/** A path of a spec, which is relative to the spec's folder. */
export function pathFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}

/** Reads what the spec names, apart from its own test file. */
async function read(
  { name, file, kind, label, labels }: TrainSpec["data"],
  folder: string,
  options: OpenDatasetOptions,
): Promise<OwnData> {
  if (name !== undefined) {
    const dataset = await openDataset(name, options);
    const { kind } = dataset;
    if (kind === "classification" || kind === "regression") {
      return { ...dataset, kind };
    }
    throw new DatasetError(
      `${name}: its labels are images; data.name must be a data set of classes or numbers`,
    );
  }
  const column = label !== undefined && /^\d+$/.test(label)
    ? Number(label)
    : label;
  return await readOwnData(pathFrom(folder, file!), {
    kind,
    label: column,
    labels: labels && pathFrom(folder, labels),
  });
}

/** Examples to test on from a file of their own. */
async function readTest(
  data: TrainSpec["data"],
  own: OwnData,
  folder: string,
): Promise<Split | undefined> {
  if (data.test === undefined) return own.test;
  const test = await read(
    {
      ...data,
      name: undefined,
      file: data.test,
      labels: undefined,
      kind: own.kind,
    },
    folder,
    {},
  );
  const isText = own.classNames.some((name, i) => name !== String(i));
  if (
    `${test.shape}` !== `${own.shape}` || test.classes > own.classes ||
    isText && `${test.classNames}` !== `${own.classNames}`
  ) {
    throw new DatasetError(
      `${data.test}: has examples of shape [${test.shape}] in ${test.classes} classes, expected [${own.shape}] in the same ${own.classes}`,
    );
  }
  return test.train;
}

/** How many examples are held out. */
function heldOut(
  { validation }: TrainSpec["data"],
  { name, train: { count } }: { name: string; train: { count: number } },
): number {
  const held = Math.round(validation * count);
  if (validation > 0 && (held < 1 || held >= count)) {
    throw new DatasetError(
      `${name}: has ${count} examples, too few to hold out ${validation} of them: set data.validation to 0`,
    );
  }
  return held;
}

/** Opens and divides a folder of pictures that are read while they are trained on. */
async function prepareStreamed(
  data: TrainSpec["data"] & { size: number },
  folder: string,
  options: Required<Pick<StreamImagesOptions, "standardise" | "augment">>,
): Promise<PreparedData> {
  const { file, size, shorterSide } = data;
  const own = await streamImages(pathFrom(folder, file!), {
    ...options,
    size,
    ...shorterSide === undefined ? {} : { shorterSide },
  });
  try {
    const { kind, shape, classes, classNames, statistics, test } = own;
    const held = heldOut(data, own);
    const [train, validation] = held > 0
      ? streamedHoldOut(own.train, held, CHOICE_SEED)
      : [own.train, undefined];
    return {
      facts: { kind, shape, classes, classNames },
      statistics,
      examples: {
        name: `${own.name} ${train.count}/${held}/${test.count}`,
        train,
        evaluation: { ...validation ? { validation } : {}, test },
        dispose: () => own.dispose(),
      },
    };
  } catch (error) {
    own.dispose();
    throw error;
  }
}

/**
 * Reads, divides and standardises the examples, and copies them to the device; or opens
 * what is read while it is trained on.
 *
 * @param spec What is said of them.
 * @param folder The spec's folder.
 * @param isStandardised Whether inputs are standardised if the spec says nothing.
 * @param options Where named data sets are.
 * @throws {DatasetError} If they are not there, or too few.
 */
export async function prepareData(
  { data, augment }: Pick<TrainSpec, "data" | "augment">,
  folder: string,
  isStandardised: boolean,
  options: OpenDatasetOptions,
): Promise<PreparedData> {
  const { size } = data;
  if (size !== undefined) {
    const standardise = data.standardise ?? isStandardised;
    return await prepareStreamed({ ...data, size }, folder, {
      standardise,
      augment,
    });
  }
  const own = await read(data, folder, options);
  const { kind, shape, classes, classNames } = own;
  const test = await readTest(data, own, folder);
  const held = heldOut(data, own);
  const [train, validation] = held > 0
    ? holdOut(own.train, held, CHOICE_SEED)
    : [own.train, undefined];
  const statistics = data.standardise ?? (isStandardised && !own.words)
    ? channelStatistics(train, shape)
    : undefined;
  const prepare = (split: Split) =>
    statistics ? standardise(split, statistics) : split;
  return {
    facts: { kind, shape: [...shape], classes, classNames },
    statistics,
    examples: residentData({
      name: `${own.name} ${train.count}/${held}/${test?.count ?? 0}${
        statistics ? ", standardised" : ""
      }`,
      shape,
      train: prepare(train),
      evaluation: {
        ...validation ? { validation: prepare(validation) } : {},
        ...test ? { test: prepare(test) } : {},
      },
    }),
  };
}
