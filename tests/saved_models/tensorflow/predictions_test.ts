import * as tf from "@tensorflow/tfjs";
import { ok, strictEqual } from "node:assert";
import { initialize } from "../../../lib/runtime/initialize.ts";
import { openModel } from "../../../lib/saved_models/open_model.ts";
import { withFolder } from "../../support/with_folder.ts";
import { predictions, writeFixture } from "./fixtures.ts";

await initialize({ backend: "cpu" });

for (const [name, { shape, inputs, outputs }] of Object.entries(predictions)) {
  for (const format of ["saved_model", "graph_model"] as const) {
    Deno.test(`${name}/${format} predicts as its framework does`, async () => {
      const before = tf.memory().numTensors;
      const model = await withFolder(async (folder) => {
        await writeFixture(folder, name, format);
        return await openModel(folder);
      });
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
}
