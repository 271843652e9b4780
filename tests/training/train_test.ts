/** What a training writes down, and what it leaves behind. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { initialize } from "../../lib/runtime/initialize.ts";
import { sgd } from "../../lib/optimizers/sgd.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { linear } from "../../lib/schedules/linear.ts";
import { scale } from "../../lib/schedules/scale.ts";
import { dataOrder } from "../../lib/datasets/order.ts";
import { mlp } from "../../lib/models/mlp.ts";
import type { RunRecord } from "../../lib/training/records.ts";
import { classification } from "../../lib/training/objective.ts";
import {
  type RunOptions,
  train,
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import type { ResidentData } from "../../lib/training/resident_data.ts";
import { assertClose } from "../runtime/agreement.ts";
import {
  finish,
  initialTensors,
  shape,
  smallData,
  smallRun,
  smallTraining,
} from "./small_training.ts";

/** A training of softmax regression: no noise, no statistics. */
function plainTraining(): TrainingOptions & { data: ResidentData } {
  return {
    objective: classification(mlp({ inputShape: shape, outputs: 3 })),
    data: smallData(),
    optimizer: sgd(),
    batchSize: 10,
    epochs: 3,
    evaluateEvery: 2,
    recordEvery: 4,
  };
}

async function recordsOf(
  training: TrainingOptions,
  run: RunOptions,
): Promise<{ records: RunRecord[]; values: number[] }> {
  const { records, results } = await finish(trainTogether(training, [run]));
  const { parameters } = results[0]!;
  const values = parameters.flatMap((p) => [...p.dataSync()]);
  tf.dispose(parameters);
  return { records: records.map(({ record }) => record), values };
}

tensorflowTest("records come when they are due", async () => {
  const training = plainTraining();
  const { records } = await recordsOf(training, smallRun(0));
  training.data.dispose();
  const kind = (record: RunRecord) =>
    "evaluation" in record ? "evaluation" : "loss" in record ? "step" : "event";
  deepStrictEqual(records.map((r) => [r.step, r.epoch, kind(r)]), [
    [0, 0, "evaluation"],
    [0, 0, "step"],
    [4, 0.8, "step"],
    [8, 1.6, "step"],
    [10, 2, "evaluation"],
    [12, 2.4, "step"],
    [14, 2.8, "step"],
    [15, 3, "evaluation"],
  ]);
});

tensorflowTest("a record of a step says what the step was", async () => {
  const training = { ...plainTraining(), recordEvery: 1, epochs: 1 };
  const { objective, data } = training;
  const run: RunOptions = {
    seed: 3,
    learningRate: linear({ from: 0.5, to: 0, steps: 5 }),
    gradientWeight: linear({ from: 1, to: 2, steps: 5 }),
  };
  const { records } = await recordsOf(training, run);
  const steps = records.filter((r) => "loss" in r);
  const order = dataOrder({ seed: 3, count: 50, batchSize: 10 });
  const size = shape.reduce((product, n) => product * n, 1);

  // The same by hand: g by tf.valueAndGrads, θ ← θ − η·w·g.
  const norm = (tensors: tf.Tensor[]) =>
    Math.hypot(...tensors.flatMap((t) => [...t.dataSync()]));
  let parameters = initialTensors(objective, 3);
  for (const [i, record] of steps.entries()) {
    const eta = run.learningRate!(i), weight = run.gradientWeight!(i);
    tf.tidy(() => {
      const indices = tf.tensor1d(order(i), "int32");
      const batch = {
        inputs: tf.gather(data.train.inputs, indices),
        labels: tf.gather(data.train.labels, indices),
      };
      strictEqual(batch.inputs.size, 10 * size);
      const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) =>
        objective.loss(values, batch, { training: true }).loss
      )(parameters);
      const loss = value.dataSync()[0]!;
      const gradientNorm = norm(grads);
      assertClose(
        [
          record.loss,
          record.weightedLoss!,
          record.gradientNorm!,
          record.gradientNormSquared!,
          record.updateRatio!,
        ],
        [
          loss,
          weight * loss,
          gradientNorm,
          gradientNorm ** 2,
          eta * weight * gradientNorm / norm(parameters),
        ],
        2e-6,
      );
      strictEqual(record.learningRate, eta);
      strictEqual(record.gradientWeight, weight);
      strictEqual(record.cost, 3 * (i + 1));
      const next = parameters.map((p, j) =>
        tf.keep(tf.sub(p, tf.mul(grads[j]!, eta * weight)))
      );
      tf.dispose(parameters);
      parameters = next;
    });
  }
  tf.dispose(parameters);
  data.dispose();
});

tensorflowTest(
  "an evaluation is the mean over the split, as the model is then",
  async () => {
    const training = plainTraining();
    const { objective, data } = training;
    const { records } = await recordsOf(training, smallRun(0));
    const [first] = records;
    const parameters = initialTensors(objective, 0);
    const { test } = data.evaluation;
    const { losses, errors } = objective.evaluate(parameters, test!);
    const mean = (t: tf.Tensor) => tf.tidy(() => tf.mean(t).dataSync()[0]!);
    ok(first && "evaluation" in first);
    const { loss, error } = first.evaluation.test!;
    assertClose([loss, error], [mean(losses), mean(errors)], 1e-6);
    tf.dispose([parameters, losses, errors]);
    data.dispose();
  },
);

tensorflowTest(
  "without decay, a gradient weight w(t) is a rate of w(t)·η, to the bit",
  async () => {
    // η is a power of two, so that the two ways round alike.
    const weight = linear({ from: 1, to: 0.1, steps: 15 });
    const weighted = {
      seed: 2,
      learningRate: constant({ value: 0.125 }),
      gradientWeight: weight,
    };
    const rated = {
      seed: 2,
      learningRate: scale({ inner: weight, factor: 0.125 }),
    };
    const training = plainTraining();
    const both = async (weightDecay: number) => {
      const options = { ...training, optimizer: sgd({ weightDecay }) };
      return [
        await recordsOf(options, weighted),
        await recordsOf(options, rated),
      ] as const;
    };
    const [a, b] = await both(0);
    deepStrictEqual(a.values, b.values);
    const losses = (records: RunRecord[]) =>
      records.map((r) => "loss" in r ? r.loss : r);
    deepStrictEqual(losses(a.records), losses(b.records));
    // With coupled decay they differ: the weight leaves the decay alone.
    const [c, d] = await both(0.1);
    ok(Math.abs(c.values[0]! - d.values[0]!) > 1e-4);
    training.data.dispose();
  },
);

tensorflowTest(
  "the number of tensors stays flat, and none is left",
  async () => {
    const before = tf.memory().numTensors;
    const data = smallData();
    const training = train({
      ...smallTraining(data),
      ...smallRun(0),
      recordEvery: 1,
    });
    const counts: number[] = [];
    let next = await training.next();
    for (; !next.done; next = await training.next()) {
      if ("loss" in next.value) counts.push(tf.memory().numTensors);
    }
    strictEqual(counts.length, 60);
    strictEqual(new Set(counts).size, 1, `${counts}`);
    tf.dispose(next.value.parameters);
    data.dispose();
    strictEqual(tf.memory().numTensors, before);
  },
);

tensorflowTest("train() left early ends the training behind it", async () => {
  const before = tf.memory().numTensors;
  const data = smallData();
  for await (const _ of train({ ...smallTraining(data), ...smallRun(0) })) {
    break;
  }
  data.dispose();
  strictEqual(tf.memory().numTensors, before);
});

tensorflowTest("options out of range are refused by name", async () => {
  const data = smallData();
  const training = smallTraining(data);
  const refused = (
    options: object,
    runs: RunOptions[],
    name: string,
    message: RegExp,
  ) =>
    rejects(trainTogether({ ...training, ...options }, runs).next(), {
      name,
      message,
    });
  const run = smallRun(0);
  const range = (options: object, message: RegExp) =>
    refused(options, [run], "RangeError", message);
  await range({ epochs: 0 }, /^epochs must be an integer ≥ 1, got 0$/);
  await range({ batchSize: 51 }, /^batchSize must be .* in \[1, 50\], got 51$/);
  await range({ recordEvery: 0.5 }, /^recordEvery must be .* got 0.5$/);
  await range({ evaluateEvery: NaN }, /^evaluateEvery must be .* got NaN$/);
  await range({ divergence: "halt" }, /^divergence must be .* got "halt"$/);
  await range(
    { checkpointSeconds: -1 },
    /^checkpointSeconds must be .* got -1$/,
  );
  await refused({}, [], "RangeError", /at least one run/);
  await refused(
    {},
    [{ ...run, seed: -1 }],
    "RangeError",
    /^seed must be .* -1$/,
  );
  await refused(
    {},
    [{ ...run, learningRate: 0.1 as never }],
    "TypeError",
    /must be schedules.* got 0.1$/,
  );
  await refused(
    {},
    [run, { ...run, gradientWeight: constant({ value: 1 }) }],
    "TypeError",
    /either all runs .* got 1 of 2$/,
  );
  await refused(
    {},
    [smallRun(0, "same"), smallRun(1, "same")],
    "RangeError",
    /^two runs of a group have the folder same$/,
  );
  data.dispose();
});

tensorflowTest(
  "the wasm backend trains to the same records, nearly",
  async () => {
    const records: Record<string, RunRecord[]> = {};
    for (const backend of ["tensorflow", "wasm"] as const) {
      await initialize({ backend });
      const before = tf.memory().numTensors;
      const data = smallData();
      const training = { ...smallTraining(data), epochs: 2, recordEvery: 1 };
      const { records: all, results } = await finish(
        trainTogether(training, [smallRun(0), smallRun(1)]),
      );
      tf.dispose(results.map(({ parameters }) => parameters));
      data.dispose();
      strictEqual(tf.memory().numTensors, before);
      records[backend] = all.map(({ record }) => record);
    }
    const numbers = (all: RunRecord[]) =>
      all.flatMap((record) =>
        "loss" in record
          ? [record.loss, record.gradientNorm!, record.updateRatio!]
          : "evaluation" in record
          ? record.evaluation.test!.loss
          : []
      );
    assertClose(numbers(records.wasm!), numbers(records.tensorflow!), 1e-4);
  },
);
