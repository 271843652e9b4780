/** Training on pictures that are read while it goes on. */
import { deepStrictEqual, notDeepStrictEqual, rejects } from "node:assert";
import { strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { lossgrad } from "../../lib/controllers/mod.ts";
import { channelStatistics } from "../../lib/datasets/channel_statistics.ts";
import { standardise } from "../../lib/datasets/standardise.ts";
import {
  type StreamedDataset,
  streamImages,
  type StreamImagesOptions,
} from "../../lib/datasets/streamed/stream_images.ts";
import type { StreamedSplit } from "../../lib/datasets/streamed/streamed_split.ts";
import { readOwnData } from "../../lib/datasets/own/read_own_data.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { momentum, sgd } from "../../lib/optimizers/sgd.ts";
import { stochasticWeightAverage } from "../../lib/optimizers/mod.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { curvature } from "../../lib/training/curvature.ts";
import { classification } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import {
  type RunOptions,
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import type { TrainingData } from "../../lib/training/training_data.ts";
import { writePictures } from "../datasets/streamed/picture_set.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";
import { finish, smallNetwork } from "./small_training.ts";

const size = 6;
const shape = [size, size, 3];

/** Pictures of one size, streamed. */
async function streamed(
  folder: string,
  options: StreamImagesOptions = { augment: false },
): Promise<StreamedDataset> {
  await writePictures(folder, { train: 7, val: 4 }, () => [size, size]);
  return await streamImages(folder, {
    size,
    shorterSide: size,
    threads: 1,
    ...options,
  });
}

/** The same pictures on the device. */
async function resident(folder: string, { name }: { name: string }) {
  const { train } = await readOwnData(`${folder}/train`);
  const { train: test } = await readOwnData(`${folder}/val`);
  const statistics = channelStatistics(train, shape);
  return residentData({
    name,
    shape,
    train: standardise(train, statistics),
    test: standardise(test, statistics),
  });
}

function trainingOn(
  data: TrainingData,
  options: Partial<TrainingOptions> = {},
): TrainingOptions {
  return {
    objective: classification(mlp({ inputShape: shape, outputs: 3 })),
    data,
    optimizer: momentum(),
    batchSize: 4,
    epochs: 3,
    recordEvery: 1,
    ...options,
  };
}

const rate = constant({ value: 0.01 });
const scheduled: RunOptions[] = [
  { seed: 0, learningRate: rate },
  { seed: 1, learningRate: rate },
  { seed: 0, learningRate: constant({ value: 0.02 }) },
];

async function outcome(training: TrainingOptions, runs: RunOptions[]) {
  const { records, results } = await finish(trainTogether(training, runs));
  const values = results.map(({ parameters, averaged = [] }) =>
    [...parameters, ...averaged].map((p) => [...p.dataSync()])
  );
  tf.dispose(results.map((r) => [...r.parameters, ...r.averaged ?? []]));
  return { records, values };
}

const cases: Record<string, [Partial<TrainingOptions>, RunOptions[]]> = {
  "runs side by side, two of a seed": [{}, scheduled],
  "micro-batches": [{ microBatches: 2 }, scheduled],
  "several steps on each batch": [{ updatesPerBatch: 2 }, scheduled],
  "averaged weights with statistics of their own": [
    {
      objective: classification(smallNetwork(shape)),
      averaging: stochasticWeightAverage({ from: 5, every: 2 }),
    },
    scheduled,
  ],
  "controllers": [
    { optimizer: sgd() },
    [
      { seed: 0, controller: lossgrad({ initial: 0.01 }) },
      { seed: 3, controller: lossgrad({ initial: 0.01 }) },
    ],
  ],
};

for (const [what, [options, runs]] of Object.entries(cases)) {
  tensorflowTest(
    `streamed and on the device, the same training to the bit: ${what}`,
    () =>
      withFolder(async (folder) => {
        const data = await streamed(folder);
        const same = await resident(folder, data);
        const before = tf.memory().numTensors;
        const a = await outcome(trainingOn(data, options), runs);
        strictEqual(tf.memory().numTensors, before);
        deepStrictEqual(a, await outcome(trainingOn(same, options), runs));
        data.dispose();
        same.dispose();
      }),
  );
}

/** A split that says what was read of it, and can fail. */
function watched(split: StreamedSplit, failAt = Infinity) {
  const reads: string[] = [];
  const own: StreamedSplit = {
    ...split,
    read(indices, draw) {
      reads.push(draw ? `${draw.seed}:${draw.step}` : "middle");
      return draw && draw.step >= failAt
        ? Promise.reject(new Error(`batch ${draw.step} is damaged`))
        : split.read(indices, draw);
    },
  };
  return { own, reads };
}

tensorflowTest(
  "each batch is read once for all runs of its seed",
  () =>
    withFolder(async (folder) => {
      const data = await streamed(folder);
      const { own, reads } = watched(data.train);
      const training = trainingOn({ ...data, train: own, evaluation: {} });
      await outcome({ ...training, updatesPerBatch: 2 }, scheduled);
      const batches = Array.from({ length: 15 }, (_, i) => i);
      deepStrictEqual(
        reads.toSorted(),
        [0, 1].flatMap((seed) => batches.map((b) => `${seed}:${b}`)).sort(),
      );
      data.dispose();
    }),
);

tensorflowTest(
  "random pieces are the same after a run is resumed",
  () =>
    withFolder(async (folder) => {
      await writePictures(folder, { train: 7, val: 4 }, (i) => [9 + i, 12]);
      const data = await streamImages(folder, { size, threads: 1 });
      const training = { ...trainingOn(data), checkpointSeconds: 0 };
      const run = (directory: string) => [{ ...scheduled[0]!, directory }];
      const whole = await outcome(training, run(`${folder}/whole`));
      const control = new AbortController();
      const first = await finish(
        trainTogether(training, run(`${folder}/broken`), control),
        ({ record }) => {
          if (record.step === 7) control.abort();
        },
      );
      tf.dispose(first.results.map(({ parameters }) => parameters));
      const second = await outcome(training, run(`${folder}/broken`));
      deepStrictEqual(second.values, whole.values);
      const fixed = await streamImages(folder, { size, augment: false });
      const other = await outcome(trainingOn(fixed), [scheduled[0]!]);
      notDeepStrictEqual(other.values, whole.values);
      data.dispose();
      fixed.dispose();
    }),
);

tensorflowTest(
  "a batch that cannot be read ends the training at its turn",
  () =>
    withFolder(async (folder) => {
      const data = await streamed(folder);
      const { own } = watched(data.train, 3);
      const before = tf.memory().numTensors;
      const steps: number[] = [];
      await rejects(
        finish(
          trainTogether(trainingOn({ ...data, train: own }), [scheduled[0]!]),
          ({ record }) => steps.push(record.step),
        ),
        /batch 3 is damaged/,
      );
      strictEqual(steps.at(-1), 2);
      strictEqual(tf.memory().numTensors, before);
      data.dispose();
    }),
);

tensorflowTest(
  "what needs data on the device says so",
  () =>
    withFolder(async (folder) => {
      const data = await streamed(folder);
      const train = (
        options: Partial<TrainingOptions>,
        runs = [scheduled[0]!],
      ) => finish(trainTogether(trainingOn(data, options), runs));
      await rejects(
        train({ telemetry: curvature({ every: 1 }) }),
        /telemetry needs data on the device \(residentData\)/,
      );
      await rejects(train({ augment: true }), /streamed data cut out random/);
      const validated = { ...data, evaluation: { validation: data.test } };
      await rejects(
        finish(trainTogether(
          trainingOn(validated, { optimizer: sgd(), lineOn: "validation" }),
          [{ seed: 0, controller: lossgrad({ initial: 0.01 }) }],
        )),
        /needs a validation split on the device/,
      );
      data.dispose();
    }),
);
