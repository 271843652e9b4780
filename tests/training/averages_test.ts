/** Averaged weights against averages by hand. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { dataOrder } from "../../lib/datasets/order.ts";
import { flatten } from "../../lib/models/layers/activation.ts";
import { batchNormalisation } from "../../lib/models/layers/batch_normalisation.ts";
import { dense } from "../../lib/models/layers/dense.ts";
import { network, sequence } from "../../lib/models/network.ts";
import {
  type Averaging,
  exponentialAverage,
  sgd,
  stochasticWeightAverage,
} from "../../lib/optimizers/mod.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { objectiveOfLayersModel } from "../../lib/training/layers_model.ts";
import {
  classification,
  type Objective,
} from "../../lib/training/objective.ts";
import { train } from "../../lib/training/train.ts";
import { assertClose } from "../runtime/agreement.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { shape, smallData, smallSplit } from "./small_training.ts";

/** Normalised inputs, classified: statistics that do not depend on weights. */
function normalised(): Objective {
  return classification(network(
    "normalised",
    { kind: "normalised", inputShape: shape },
    sequence([
      ["normalisation", batchNormalisation()],
      ["", flatten()],
      ["output", dense({ units: 3 })],
    ]),
  ));
}

/** Weights and averages after epochs of five steps. */
async function after(
  epochs: number,
  averaging: Averaging,
  objective: Objective = normalised(),
) {
  const before = tf.memory().numTensors;
  const data = smallData();
  const training = train({
    objective,
    data,
    optimizer: sgd(),
    averaging,
    batchSize: 10,
    epochs,
    seed: 0,
    learningRate: constant({ value: 0.1 }),
  });
  let next = await training.next();
  let last: Record<string, unknown> = {};
  for (; !next.done; next = await training.next()) {
    if ("evaluation" in next.value) last = { ...next.value };
  }
  const { parameters, averaged = [] } = next.value;
  const numbers = (tensors: tf.Tensor[]) =>
    tensors.map((t) => [...t.dataSync()]);
  const result = {
    values: numbers(parameters),
    averaged: numbers(averaged),
    last,
  };
  tf.dispose([parameters, averaged]);
  data.dispose();
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
  return result;
}

const trained = [0, 1, 4, 5]; // scale, offset, kernel, bias
const statistics = [2, 3];

tensorflowTest("a stochastic average is the mean of the weights", async () => {
  const averaging = stochasticWeightAverage({ from: 10, every: 5 });
  const ends: number[][][] = [];
  for (const epochs of [2, 3, 4]) {
    ends.push((await after(epochs, averaging)).values);
  }
  const { averaged, last } = await after(4, averaging);
  for (const i of trained) {
    const mean = ends[0]![i]!.map((_, j) =>
      (ends[0]![i]![j]! + ends[1]![i]![j]! + ends[2]![i]![j]!) / 3
    );
    assertClose(averaged[i]!, mean, 1e-6);
  }
  ok("averaged" in last);
});

tensorflowTest("an average is there from its first weights on", async () => {
  const averaging = stochasticWeightAverage({ from: 10, every: 5 });
  const early = await after(1, averaging);
  deepStrictEqual(early.averaged, []);
  strictEqual("averaged" in early.last, false);
  const first = await after(2, averaging);
  for (const i of trained) {
    assertClose(first.averaged[i]!, first.values[i]!, 1e-6);
  }
});

tensorflowTest("an exponential average forgets at its rate", async () => {
  // d = 0: the average is the weights; with them, their statistics.
  const none = exponentialAverage({ decay: 0 });
  const { averaged, values, last } = await after(2, none);
  for (const [i, value] of values.entries()) {
    assertClose(averaged[i]!, value, 1e-6);
  }
  const { evaluation, averaged: evaluated } = last as Record<
    string,
    Record<string, { loss: number }>
  >;
  assertClose([evaluated!.test!.loss], [evaluation!.test!.loss], 1e-5);

  // Weights that stand still are their own average.
  const still = exponentialAverage({ decay: 0.9, warmUp: false });
  const data = smallData();
  const training = train({
    objective: normalised(),
    data,
    optimizer: sgd(),
    averaging: still,
    batchSize: 10,
    epochs: 2,
    seed: 0,
    learningRate: constant({ value: 0 }),
  });
  let next = await training.next();
  while (!next.done) next = await training.next();
  const { parameters, averaged: same } = next.value;
  for (const i of trained) {
    deepStrictEqual(same![i]!.dataSync(), parameters[i]!.dataSync());
  }
  tf.dispose([parameters, same!]);
  data.dispose();
});

/** The means over the batches of the first epoch of their means and variances. */
function batchStatistics(): [mean: number[], variance: number[]] {
  const { inputs } = smallSplit(50, 0);
  const channels = shape[2], pixels = shape[0] * shape[1];
  const order = dataOrder({ seed: 0, count: 50, batchSize: 10 });
  const mean = [0, 0], variance = [0, 0];
  for (let step = 0; step < 5; step++) {
    for (let c = 0; c < channels; c++) {
      const values = [...order(step)].flatMap((at) =>
        Array.from(
          { length: pixels },
          (_, p) => inputs[(at * pixels + p) * channels + c]!,
        )
      );
      const m = values.reduce((sum, x) => sum + x) / values.length;
      mean[c]! += m / 5;
      variance[c]! += values.reduce((sum, x) => sum + (x - m) ** 2, 0) /
        values.length / 5;
    }
  }
  return [mean, variance];
}

tensorflowTest("recalibrated statistics are those of an epoch", async () => {
  const averaging = stochasticWeightAverage({ from: 5 });
  const { averaged, values } = await after(2, averaging);
  const expected = batchStatistics();
  statistics.forEach((at, i) => {
    assertClose(averaged[at]!, expected[i]!, 1e-5);
    // The running ones are of ten steps from 0 and 1, so not there yet.
    ok(values[at]!.some((x, j) => Math.abs(x - expected[i]![j]!) > 1e-3));
  });
  // Averaged statistics are something else.
  const kept = await after(
    2,
    stochasticWeightAverage({ from: 5, statistics: "average" }),
  );
  ok(kept.averaged[2]!.some((x, j) => Math.abs(x - expected[0][j]!) > 1e-3));
});

tensorflowTest("also in a model of stock layers", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.batchNormalization({ inputShape: [...shape] }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
  const objective = objectiveOfLayersModel(
    model,
    "sparseCategoricalCrossentropy",
  );
  const { averaged } = await after(
    2,
    stochasticWeightAverage({ from: 5 }),
    objective,
  );
  const expected = batchStatistics();
  const at = objective.parameters.flatMap(({ role }, i) =>
    role === "statistic" ? [i] : []
  );
  at.forEach((index, i) => assertClose(averaged[index]!, expected[i]!, 1e-4));
  model.dispose();
});
