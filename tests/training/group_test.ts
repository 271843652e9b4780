/** Runs side by side. */
import { deepStrictEqual, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { initialize } from "../../lib/runtime/initialize.ts";
import { cosine } from "../../lib/schedules/cosine.ts";
import { linear } from "../../lib/schedules/linear.ts";
import {
  type RunOptions,
  train,
  trainTogether,
} from "../../lib/training/train.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";
import {
  finish,
  smallData,
  smallRun,
  smallTraining,
} from "./small_training.ts";

/** Asserts that runs together make the records and parameters of runs alone. */
async function assertSame(runs: RunOptions[]): Promise<void> {
  const data = smallData();
  const training = { ...smallTraining(data), epochs: 4, recordEvery: 1 };
  const together = await finish(trainTogether(training, runs));
  for (const [i, run] of runs.entries()) {
    const alone = train({ ...training, ...run });
    const records = [];
    let next = await alone.next();
    for (; !next.done; next = await alone.next()) records.push(next.value);
    deepStrictEqual(
      together.records.filter((r) => r.run === i).map(({ record }) => record),
      records,
    );
    const { parameters, status, cost } = together.results[i]!;
    strictEqual(status, next.value.status);
    strictEqual(cost, next.value.cost);
    deepStrictEqual(
      parameters.map((p) => p.dataSync()),
      next.value.parameters.map((p) => p.dataSync()),
    );
    tf.dispose([parameters, next.value.parameters]);
  }
  data.dispose();
}

for (const threads of [1, 2]) {
  tensorflowTest(
    `runs together are runs alone, to the bit, at ${threads} threads`,
    async () => {
      await initialize({
        backend: "tensorflow",
        intraOpThreads: threads,
        interOpThreads: threads,
      });
      await assertSame([smallRun(0), smallRun(1), smallRun(2)]);
    },
  );
}

tensorflowTest(
  "also with gradient weights",
  () =>
    assertSame([0, 1].map((seed) => ({
      ...smallRun(seed),
      learningRate: cosine({ from: 0.2, to: 0.01, steps: 20 }),
      gradientWeight: linear({ from: 1, to: seed, steps: 20 }),
    }))),
);
