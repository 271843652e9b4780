import { ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { efforts } from "../../lib/flatness/effort.ts";
import { takeMeasures } from "../../lib/flatness/measure.ts";
import { makeSubject } from "../../lib/flatness/subject.ts";
import { mlp } from "../../lib/models/mlp.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { classification, regression } from "../../lib/training/objective.ts";
import { near } from "../probes/near.ts";

/** Of 3 parts of 3 examples, so that each goes to its nearest of the next part. */
const X = [0, 1, 2, 10, 10.5, 11, 20, 21, 30];

Deno.test("neighbourPathRise: ½ (x'/2 − x/2)² where the outputs are the inputs", async () => {
  await initialize();
  const before = tf.memory().numTensors;
  const data = {
    count: X.length,
    inputs: tf.tensor2d(X, [X.length, 1]),
    labels: tf.tensor1d(X),
  };
  const subject = makeSubject({
    objective: regression(mlp({ inputShape: [1], outputs: 1 })),
    data,
    weights: [[1], [0]],
    effort: efforts.quick,
    seed: 0,
    isClassifier: false,
    level: 1,
  });
  const { neighbourPathRise } = await takeMeasures(subject, [
    "neighbourPathRise",
  ]);
  // To 10; to 20; to 2.
  const parts = [[10, 9, 8], [10, 9.5, 9], [18, 19, 28]].map((distances) =>
    distances.reduce((sum, d) => sum + (d / 2) ** 2 / 2, 0) / 3
  );
  const mean = parts.reduce((sum, x) => sum + x, 0) / 3;
  near(neighbourPathRise!.value as number, mean, 1e-6 * mean);
  const spread = parts.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  near(neighbourPathRise!.error as number, Math.sqrt(spread / 2 / 3), 1e-4);
  strictEqual(neighbourPathRise!.note, undefined);
  strictEqual(neighbourPathRise!.cost, 2 * efforts.quick.draws);
  subject.dispose();
  tf.dispose([data.inputs, data.labels]);
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
});

Deno.test("neighbourPathRise of a classifier says how many neighbours are of the class", async () => {
  await initialize();
  const data = {
    count: X.length,
    inputs: tf.tensor2d(X, [X.length, 1]),
    labels: tf.tensor1d([1, 0, 0, 1, 0, 0, 1, 0, 0], "int32"),
  };
  const subject = makeSubject({
    objective: classification(mlp({ inputShape: [1], outputs: 2 })),
    data,
    weights: [[0, 0], [0, 1]],
    effort: efforts.quick,
    seed: 0,
    isClassifier: true,
    level: 1,
  });
  const { neighbourPathRise } = await takeMeasures(subject, [
    "neighbourPathRise",
  ]);
  // Nearest are the first, the first and the last of the next parts.
  strictEqual(
    neighbourPathRise!.note,
    "44 % of the neighbours are of the example's class",
  );
  ok(Math.abs(neighbourPathRise!.value as number) < 1e-7, "the loss is flat");
  subject.dispose();
  tf.dispose([data.inputs, data.labels]);
});
