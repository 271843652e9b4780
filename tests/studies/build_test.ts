/** What is made of plans on texts, and of plans with a decoder. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { negatedOpinions } from "../../lib/datasets/mod.ts";
import { buildData, buildObjective } from "../../lib/studies/build.ts";
import { lossgradStudy } from "../../lib/studies/lossgrad/study.ts";
import { initialValues } from "../../lib/training/objective.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

const trainingOf = (item: string) =>
  lossgradStudy.items.find((one) => one.item === item)!.plans("smoke")![0]!
    .training;

tensorflowTest("texts stay ids of words", () => {
  const before = tf.memory().numTensors;
  const dataset = negatedOpinions();
  const plan = { dataset: dataset.name, train: 2000, validation: 0, test: 50 };
  const data = buildData(plan, dataset);
  const ids = data.train.inputs.dataSync();
  ok(ids.every((id, i) => id === dataset.train.inputs[i]));
  ok(data.name.startsWith("negated-opinions 2000/0/50 (generated)"));
  data.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
});

Deno.test("an LSTM begins with the vectors that the texts bring", () => {
  const dataset = negatedOpinions({ train: 10, test: 10 });
  const wordVectors = {
    name: "two",
    width: 2,
    ids: [5],
    values: new Float32Array(2 * dataset.words!.length).fill(7),
  };
  const { model } = trainingOf("table-imdb");
  const objective = buildObjective({ model }, { ...dataset, wordVectors });
  const [table] = initialValues(objective, 0);
  deepStrictEqual([...table!.subarray(10, 12)], [7, 7]);
  ok(table![8] !== 7);
  const spec = objective.spec as { network: { vectors: string } };
  strictEqual(spec.network.vectors, "two");
});

Deno.test("a plan with a decoder is a Wasserstein autoencoder of its images", () => {
  const objective = buildObjective(trainingOf("table-wae"), {
    kind: "classification",
    shape: [16, 16, 3],
    classes: 1,
  });
  const spec = objective.spec as {
    kind: string;
    penaltyWeight: number;
    decoder: { imageShape: number[]; inputShape: number[] };
  };
  strictEqual(spec.kind, "wassersteinAutoencoder");
  strictEqual(spec.penaltyWeight, 25);
  deepStrictEqual(spec.decoder.imageShape, [16, 16, 3]);
  deepStrictEqual(spec.decoder.inputShape, [4]);
});
