/** The range test of a training, against closed forms and against the trainer. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { display } from "../../lib/figures/displayed.ts";
import { adam } from "../../lib/optimizers/adam.ts";
import { momentum, sgd } from "../../lib/optimizers/sgd.ts";
import { exponential } from "../../lib/schedules/exponential.ts";
import { findRate } from "../../lib/training/find_rate.ts";
import { objectiveOfLayersModel } from "../../lib/training/layers_model.ts";
import type { Objective } from "../../lib/training/objective.ts";
import {
  type ResidentData,
  residentData,
} from "../../lib/training/resident_data.ts";
import { trainTogether } from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import { tensorTest } from "../support/tensor_test.ts";
import {
  finish,
  initialTensors,
  smallData,
  smallTraining,
} from "./small_training.ts";

const CURVATURES = [1, 20];

/** 1 + ½ Σ λᵢ wᵢ², whatever the batch, from w = (1, 1). */
const quadratic: Objective = {
  spec: { kind: "quadratic" },
  parameters: [{
    name: "w",
    shape: [CURVATURES.length],
    role: "kernel",
    filterAxis: null,
    initialise: (values) => values.fill(1),
  }],
  loss: ([w]) => ({
    loss: tf.add(1, tf.mul(0.5, tf.sum(tf.mul(CURVATURES, tf.square(w!))))),
    statistics: [],
  }),
  evaluate() {
    throw new Error("not evaluated");
  },
};

function points(): ResidentData {
  const train = {
    count: 4,
    inputs: new Float32Array(4),
    labels: new Float32Array(4),
  };
  return residentData({ name: "points", shape: [1], train });
}

for (const backend of ["tensorflow", "wasm"] as const) {
  tensorTest(
    "findRate() of a quadratic has the losses of its closed form",
    async () => {
      const data = points();
      const found = await findRate({
        objective: quadratic,
        data,
        optimizer: sgd(),
        batchSize: 2,
        from: 1e-5,
        steps: 200,
        smoothing: 0.9,
      });
      data.dispose();
      // Each step multiplies wᵢ by 1 − ηλᵢ: below 2/λ it falls, above it explodes.
      const weights = CURVATURES.map(() => 1);
      found.rates.forEach((rate, step) => {
        const loss = CURVATURES.reduce(
          (sum, curvature, i) => sum + curvature * weights[i]! ** 2 / 2,
          1,
        );
        const error = Math.abs(found.losses[step]! - loss);
        ok(error < 1e-4 * loss, `step ${step}: ${found.losses[step]}, ${loss}`);
        CURVATURES.forEach((curvature, i) =>
          weights[i]! *= 1 - rate * curvature
        );
      });
      strictEqual(found.stopped, "diverged");
      ok(found.rates.at(-1)! > 2 / 20, `stopped at ${found.rates.at(-1)}`);
      for (const [name, rate] of Object.entries(found.suggestions)) {
        ok(rate !== null && rate > 1e-4 && rate < 2 / 20, `${name} ${rate}`);
      }
    },
    backend,
  );
}

tensorflowTest("findRate() takes the trainer's own steps", async () => {
  const data = smallData();
  const { objective, optimizer, batchSize } = smallTraining(data);
  const shared = { objective, data, optimizer, batchSize, augment: true };
  const found = await findRate({
    ...shared,
    seed: 3,
    from: 1e-4,
    to: 0.1,
    steps: 12,
    divergence: 100,
  });
  const learningRate = exponential({
    from: 1e-4,
    factor: 1e3,
    every: 11,
    steps: 11,
  });
  const { records, results } = await finish(trainTogether(
    { ...shared, epochs: 3, evaluateEvery: 3, recordEvery: 1 },
    [{ seed: 3, learningRate }],
  ));
  const losses = records.flatMap(({ record }) =>
    "loss" in record ? [record.loss] : []
  );
  // Records have the digits of a float32, no more.
  deepStrictEqual(found.losses, losses.slice(0, 12).map(Math.fround));
  tf.dispose(results[0]!.parameters);
  data.dispose();
});

tensorTest(
  "findRate() leaves parameters and statistics as they were, to the bit",
  async () => {
    const data = smallData();
    const { objective, optimizer, batchSize } = smallTraining(data);
    const parameters = initialTensors(objective, 7);
    const values = () => parameters.map((p) => [...p.dataSync()]);
    const before = values();
    const options = { objective, data, optimizer, batchSize, steps: 10 };
    const first = await findRate({ ...options, parameters });
    deepStrictEqual(values(), before);
    // Nor does a test leave a trace in the next one.
    deepStrictEqual(await findRate({ ...options, parameters }), first);
    deepStrictEqual(
      (await findRate({ ...options, seed: 7 })).losses.length,
      10,
    );
    tf.dispose(parameters);
    data.dispose();
  },
);

tensorTest(
  "findRate() leaves a LayersModel as it was, and starts from it",
  async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [1], units: 4, activation: "relu" }),
        tf.layers.batchNormalization(),
        tf.layers.dense({ units: 1 }),
      ],
    });
    const values = () => model.getWeights().map((w) => [...w.dataSync()]);
    const before = values();
    const data = points();
    const found = await findRate({
      objective: objectiveOfLayersModel(model, "meanSquaredError"),
      data,
      optimizer: adam(),
      batchSize: 4,
      steps: 5,
    });
    deepStrictEqual(values(), before);
    strictEqual(found.losses.length, 5);
    data.dispose();
    model.dispose();
  },
);

tensorTest("findRate() ends at a loss that is not finite", async () => {
  const data = points();
  const found = await findRate({
    objective: quadratic,
    data,
    optimizer: momentum(),
    batchSize: 1,
    from: 1,
    to: 1e38,
    divergence: Infinity,
  });
  strictEqual(found.stopped, "not finite");
  ok(!Number.isFinite(found.losses.at(-1)!));
  data.dispose();
});

tensorTest("findRate() ends when stopped, and leaves nothing", async () => {
  const data = points();
  const controller = new AbortController();
  let steps = 0;
  const objective: Objective = {
    ...quadratic,
    loss(...given) {
      if (++steps === 1) controller.abort(new Error("stopped"));
      return quadratic.loss(...given);
    },
  };
  const options = { data, optimizer: sgd(), batchSize: 1 };
  const { signal } = controller;
  await rejects(findRate({ ...options, objective, signal }), /stopped/);
  strictEqual(steps, 1);
  const failing: Objective = {
    ...quadratic,
    loss() {
      throw new Error("broken");
    },
  };
  await rejects(findRate({ ...options, objective: failing }), /broken/);
  data.dispose();
});

tensorTest(
  "findRate() refuses what does not fit, before it takes a step",
  async () => {
    const data = points();
    const options = {
      objective: quadratic,
      data,
      optimizer: sgd(),
      batchSize: 1,
    };
    const refuse = (more: object, message: RegExp) =>
      rejects(findRate({ ...options, ...more }), { message });
    await refuse({ batchSize: 5 }, /^batchSize must be an integer .* got 5$/);
    await refuse({ seed: -1 }, /^seed must be an integer .* got -1$/);
    await refuse({ from: -1 }, /^from must be a number > 0, got -1$/);
    await refuse(
      { parameters: [] },
      /^parameters must be 1 tensors, .* got 0$/,
    );
    const wrong = tf.zeros([3]);
    await refuse(
      { parameters: [wrong] },
      /^w must be of shape \[2\], got \[3\]$/,
    );
    wrong.dispose();
    data.dispose();
  },
);

tensorTest("what findRate() finds shows itself", async () => {
  const data = points();
  const found = await findRate({
    objective: quadratic,
    data,
    optimizer: sgd(),
    batchSize: 1,
  });
  data.dispose();
  const show = (found as unknown as { [display](): Promise<object> })[display];
  ok("image/png" in await show());
});
