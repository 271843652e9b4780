import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, rejects } from "node:assert";
import { mlp } from "../../lib/models/mlp.ts";
import { momentum } from "../../lib/optimizers/sgd.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { constant } from "../../lib/schedules/constant.ts";
import {
  classification,
  initialValues,
  keptWeights,
  residentData,
  train,
} from "../../lib/training/mod.ts";

await initialize();
const split = {
  count: 8,
  inputs: Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)),
  labels: Int32Array.from({ length: 8 }, (_, i) => i % 2),
};
const objective = classification(
  mlp({ inputShape: [2], hidden: [3], outputs: 2 }),
);

/** Trains some epochs of two steps; returns the last weights. */
async function trained(
  epochs: number,
  own: { directory?: string; keepWeightsAt?: number[] } = {},
): Promise<number[][]> {
  const data = residentData({ name: "points", shape: [2], train: split });
  const training = train({
    objective,
    data,
    optimizer: momentum(),
    batchSize: 4,
    epochs,
    learningRate: constant({ value: 0.1 }),
    seed: 3,
    ...own,
  });
  try {
    let next = await training.next();
    while (!next.done) next = await training.next();
    const values = next.value.parameters.map((p) => [...p.dataSync()]);
    tf.dispose(next.value.parameters);
    return values;
  } finally {
    data.dispose();
  }
}

Deno.test("weights are kept as they were after so many steps, and change nothing", async () => {
  const directory = await Deno.makeTempDir();
  const keepWeightsAt = [0, 4];
  const final = await trained(4, { directory, keepWeightsAt });
  const [first, fourth] = await Promise.all(
    keepWeightsAt.map((step) => keptWeights(directory, objective, step)),
  );
  deepStrictEqual(first, initialValues(objective, 3));
  deepStrictEqual(fourth!.map((w) => [...w]), await trained(2));
  deepStrictEqual(final, await trained(4));
  await rejects(keptWeights(directory, objective, 5), RangeError);
  const other = classification(mlp({ inputShape: [2], outputs: 2 }));
  await rejects(keptWeights(directory, other, 4), SyntaxError);
  await Deno.remove(directory, { recursive: true });
});

Deno.test("weights can be kept in a folder alone, after whole steps", async () => {
  await rejects(trained(1, { keepWeightsAt: [1] }), TypeError);
  const directory = await Deno.makeTempDir();
  for (const step of [-1, 0.5, NaN]) {
    await rejects(
      trained(1, { directory, keepWeightsAt: [step] }),
      RangeError,
    );
  }
  await Deno.remove(directory, { recursive: true });
});
