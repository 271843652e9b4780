import * as tf from "@tensorflow/tfjs";
import { ok, strictEqual } from "node:assert";
import { initialize } from "../../../lib/runtime/initialize.ts";
import { openModel } from "../../../lib/saved_models/open_model.ts";
import { fixturePath, predictions } from "./fixtures.ts";

await initialize({ backend: "cpu" });

for (const [name, { shape, inputs, outputs }] of Object.entries(predictions)) {
  Deno.test(`${name}.onnx predicts as its framework does`, async () => {
    const before = tf.memory().numTensors;
    const model = await openModel(fixturePath(name));
    tf.tidy(() => {
      const given = tf.tensor(inputs, shape);
      const found = [...model.predict(given).dataSync()];
      strictEqual(found.length, outputs.length);
      found.forEach((y, i) => ok(Math.abs(y - outputs[i]!) <= 1e-5, `${y}`));
    });
    strictEqual(tf.memory().numTensors, before + model.parameters.length);
    model.dispose();
    strictEqual(tf.memory().numTensors, before);
  });
}
