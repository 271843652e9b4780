import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { join } from "node:path";
import { initialize } from "../../lib/runtime/initialize.ts";
import { openModel } from "../../lib/saved_models/open_model.ts";
import { saveModel } from "../../lib/saved_models/save_model.ts";
import { withFolder } from "../support/with_folder.ts";
import {
  fixtureBytes,
  fixtureNames,
  largestDifference,
} from "./keras/fixtures.ts";

await initialize({ backend: "cpu" });

for (const name of fixtureNames) {
  Deno.test(`${name} comes back from each format`, async () => {
    await withFolder(async (folder) => {
      const original = join(folder, "original.keras");
      await Deno.writeFile(original, await fixtureBytes(`${name}.keras`));
      const model = await openModel(original);
      for (const file of ["a.json", "a.keras", "a.safetensors"]) {
        const path = join(folder, file);
        // Keras 2's ConvLSTM2D has it by default.
        if (name === "volumes_keras2" && file === "a.keras") {
          await rejects(
            saveModel(path, model.layersModel!),
            /hard_sigmoid, which is another function in Keras 3/,
          );
          continue;
        }
        await saveModel(path, model.layersModel!);
        const copy = await openModel(path);
        ok(largestDifference(name, copy) <= 1e-5, file);
        deepStrictEqual(
          copy.parameters.map((p) => p.shape),
          model.parameters.map((p) => p.shape),
        );
        copy.dispose();
      }
      model.dispose();
    });
  });
}

Deno.test("TensorFlow.js itself reads what is written", async () => {
  await withFolder(async (folder) => {
    const original = join(folder, "original.keras");
    await Deno.writeFile(original, await fixtureBytes("images_keras3.keras"));
    const model = await openModel(original);
    await saveModel(join(folder, "model.json"), model.layersModel!);
    const json = JSON.parse(
      await Deno.readTextFile(join(folder, "model.json")),
    );
    const [group] = json.weightsManifest;
    const weightData = await Deno.readFile(join(folder, group.paths[0]));
    const copy = await tf.loadLayersModel(tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: group.weights,
      weightData: weightData.buffer,
    }));
    ok(largestDifference("images_keras3", copy) <= 1e-5);
    copy.dispose();
    model.dispose();
  });
});

Deno.test("a model is saved only in formats that there are", async () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({ inputShape: [1], units: 1 })],
  });
  await rejects(
    saveModel("a.h5", model),
    /must be saved as \.json, \.keras, \.safetensors, got "a\.h5"/,
  );
  await withFolder(async (folder) => {
    await saveModel(join(folder, "a.keras"), model);
    const first = await Deno.readFile(join(folder, "a.keras"));
    await saveModel(join(folder, "a.keras"), model);
    deepStrictEqual(await Deno.readFile(join(folder, "a.keras")), first);
    const names = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
    strictEqual(names.length, 1);
  });
  model.dispose();
});
