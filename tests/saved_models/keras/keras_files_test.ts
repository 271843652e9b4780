import * as tf from "@tensorflow/tfjs";
import { ok } from "node:assert";
import { readH5File } from "../../../lib/saved_models/keras/h5_file.ts";
import { readKerasFile } from "../../../lib/saved_models/keras/keras_file.ts";
import { initialize } from "../../../lib/runtime/initialize.ts";
import { fixtureBytes, fixtureNames, largestDifference } from "./fixtures.ts";

await initialize({ backend: "cpu" });

for (const name of fixtureNames) {
  Deno.test(`${name}.keras predicts as Keras does`, async () => {
    const bytes = await fixtureBytes(`${name}.keras`);
    const model = await readKerasFile(bytes, `${name}.keras`);
    ok(largestDifference(name, model) <= 1e-5);
    model.dispose();
  });

  Deno.test(`${name}.h5 predicts as Keras does`, async () => {
    const model = await readH5File(await fixtureBytes(`${name}.h5`));
    ok(largestDifference(name, model) <= 1e-5);
    model.dispose();
  });
}

Deno.test("reading a model leaves no tensor but its weights", async () => {
  const before = tf.memory().numTensors;
  const model = await readH5File(await fixtureBytes("branches_keras3.h5"));
  const weights = new Set(model.weights.map(({ id }) => id)).size;
  ok(tf.memory().numTensors - before === weights);
  model.dispose();
});
