/** Pictures of what networks make of test examples. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { drawnScenes } from "../../lib/datasets/mod.ts";
import { labelColours } from "../../lib/figures/label_colours.ts";
import { buildData, buildObjective } from "../../lib/studies/build.ts";
import { makeSamples } from "../../lib/studies/make_samples.ts";
import type { RunPlan } from "../../lib/studies/plan.ts";
import {
  readSamples,
  samplePicture,
  writeSamples,
} from "../../lib/studies/samples.ts";
import { initialTensors } from "../training/small_training.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { withFolder } from "../support/with_folder.ts";

const plan: RunPlan = {
  arm: "a",
  seed: 0,
  learningRate: { kind: "constant", value: 0.1 },
  training: {
    model: { kind: "pspnet", blocks: [1], width: 4 },
    data: { dataset: "drawn-scenes", train: 10, validation: 2, test: 8 },
    optimizer: { kind: "sgd" },
    batchSize: 2,
    epochs: 1,
    augment: false,
    recordEvery: 1,
  },
};

tensorflowTest(
  "samples: input and truth as the data set has them",
  () =>
    withFolder(async (folder) => {
      const before = tf.memory().numTensors;
      const dataset = drawnScenes({ train: 12, test: 8 });
      const data = buildData(plan.training.data, dataset);
      const objective = buildObjective(plan.training, dataset);
      const parameters = initialTensors(objective, 0);
      const options = { objective, parameters, dataset, data };
      const samples = makeSamples(plan, options)!;
      deepStrictEqual(
        [samples.input, samples.truth, samples.output].map((s) => s.length),
        [6, 6, 6],
      );
      const input = samplePicture(samples.input[1]!);
      deepStrictEqual([input.height, input.width], [48, 48]);
      const size = 48 * 48;
      deepStrictEqual(
        input.colours,
        dataset.test.inputs.slice(3 * size, 6 * size),
      );
      const bytes = (values: Float32Array) =>
        values.map((value) => Math.round(255 * value));
      deepStrictEqual(
        bytes(samplePicture(samples.truth[1]!).colours),
        bytes(labelColours(dataset.test.labels.subarray(size, 2 * size))),
      );
      ok(samplePicture(samples.output[0]!).colours.length === 3 * size);
      strictEqual(makeSamples({ ...plan, seed: 1 }, options), undefined);
      strictEqual(
        makeSamples(plan, { ...options, parameters: [] }),
        undefined,
      );
      strictEqual(await readSamples(folder), undefined);
      await writeSamples(folder, samples);
      deepStrictEqual(await readSamples(folder), samples);
      tf.dispose(parameters);
      data.dispose();
      strictEqual(tf.memory().numTensors, before, "tensors left behind");
    }),
);
