/** The suite of problems. */
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { problemByName, problemNames } from "../../lib/comparison/problems.ts";
import { initialTensors } from "../training/small_training.ts";
import { tensorflowTest } from "../support/needs_tensorflow.ts";

Deno.test("the suite has functions, classifiers, an autoencoder and texts", () => {
  deepStrictEqual(problemNames, [
    "quadratic-10",
    "quadratic-100",
    "quadratic-1000",
    "rosenbrock",
    "logistic",
    "mlp",
    "lenet",
    "resnet",
    "autoencoder",
    "bilstm",
  ]);
  const title = (canonical: boolean) =>
    problemByName("bilstm", { canonical }).title;
  ok(title(false).endsWith("negated-opinions"), title(false));
  ok(title(true).endsWith("imdb-64"), title(true));
});

tensorflowTest(
  "the LSTM gets ids of words, not standardised ones",
  async () => {
    const before = tf.memory().numTensors;
    const { objective, data, batchSize } = await problemByName("bilstm")
      .prepare();
    deepStrictEqual(data.train.inputs.shape, [1000, 17]);
    const ids = data.train.inputs.dataSync();
    ok(ids.every((id) => Number.isInteger(id) && id >= 0 && id < 52));
    const parameters = initialTensors(objective, 0);
    const batch = tf.tidy(() => ({
      inputs: tf.clone(tf.slice(data.train.inputs, 0, batchSize)),
      labels: tf.clone(tf.slice(data.train.labels, 0, batchSize)),
    }));
    const { loss } = tf.tidy(() =>
      objective.loss(parameters, batch, { training: true })
    );
    ok(Math.abs(loss.dataSync()[0]! - Math.log(2)) < 0.05);
    tf.dispose([parameters, batch.inputs, batch.labels, loss]);
    data.dispose();
    strictEqual(tf.memory().numTensors, before, "tensors left behind");
  },
);
