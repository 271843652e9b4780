/**
 * Mutated files: each is read or refused in one line; none crashes, hangs or takes
 * memory that it does not have. `SLOPE_FUZZ=10000` reads so many of each format.
 *
 * @module
 */
import { ok } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import { encodeSafetensors } from "../../lib/files/safetensors.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { readH5File } from "../../lib/saved_models/keras/h5_file.ts";
import { readKerasFile } from "../../lib/saved_models/keras/keras_file.ts";
import { readLayersModelFile } from "../../lib/saved_models/layers_model_file.ts";
import {
  explained,
  ModelFileError,
} from "../../lib/saved_models/model_file_error.ts";
import { parseJson } from "../../lib/saved_models/parse_json.ts";
import { readWeights } from "../../lib/saved_models/weights_file.ts";
import {
  bytesSource,
  encodeZip,
  entryBytes,
  readDirectory,
} from "../../lib/zip/mod.ts";
import { npy } from "../support/npy.ts";
import { fixtureBytes } from "./keras/fixtures.ts";
import { mutated } from "./mutated.ts";

await initialize({ backend: "cpu" });

/** How many mutations of each format are read. */
const COUNT = Number(Deno.env.get("SLOPE_FUZZ") ?? 200);

/** The most milliseconds that one file may take. */
const LONGEST = 5000;

type Bytes = Uint8Array<ArrayBuffer>;

/** Reads mutations of a file. */
async function fuzz(
  original: Bytes,
  read: (bytes: Bytes) => Promise<unknown>,
): Promise<void> {
  const random = randomStream(7, Purpose.split, COUNT);
  const before = tf.memory().numTensors;
  for (let i = 0; i < COUNT; i++) {
    const bytes = mutated(original, random);
    const start = performance.now();
    try {
      const model = await explained("a.file", () => read(bytes));
      if (model instanceof tf.LayersModel) model.dispose();
    } catch (error) {
      ok(error instanceof ModelFileError, `mutation ${i}: ${error}`);
      ok(!error.message.includes("\n") && error.message.length < 1000);
    }
    const time = performance.now() - start;
    ok(time < LONGEST, `mutation ${i} took ${time.toFixed(0)} ms`);
  }
  // A layer that could not be built keeps the weights that it had made.
  ok(tf.memory().numTensors - before < 20 * COUNT);
}

/** The files in a `.keras` file. */
async function unpacked(bytes: Bytes): Promise<Record<string, Bytes>> {
  const source = bytesSource(bytes, "a.keras");
  const entries = await readDirectory(source);
  return Object.fromEntries(
    await Promise.all(entries.map(async (entry) => [
      entry.name,
      await entryBytes(source, entry),
    ])),
  );
}

for (const name of ["sequential_keras3", "branches_keras2"]) {
  Deno.test(`mutations of ${name}.h5`, async () => {
    await fuzz(await fixtureBytes(`${name}.h5`), readH5File);
  });
}

Deno.test("mutations of a .keras archive", async () => {
  const bytes = await fixtureBytes("sequential_keras3.keras");
  await fuzz(bytes, (bytes) => readKerasFile(bytes, "a.keras"));
});

for (const part of ["config.json", "model.weights.h5"]) {
  Deno.test(`mutations of ${part} in a .keras archive`, async () => {
    const files = await unpacked(await fixtureBytes("branches_keras3.keras"));
    await fuzz(
      files[part]!,
      (bytes) =>
        readKerasFile(encodeZip({ ...files, [part]: bytes }), "a.keras"),
    );
  });
}

Deno.test("mutations of model.json", async () => {
  const files = await unpacked(await fixtureBytes("branches_keras3.keras"));
  const { config } = {
    config: JSON.parse(new TextDecoder().decode(files["config.json"])),
  };
  const json = new TextEncoder().encode(JSON.stringify({
    modelTopology: { keras_version: "3.0.0", model_config: config },
    weightsManifest: [{
      paths: ["weights.bin"],
      weights: [{ name: "dense/kernel", shape: [4, 4], dtype: "float32" }],
    }],
  }));
  await fuzz(
    json,
    async (bytes) =>
      await readLayersModelFile(parseJson(bytes), "/nowhere/model.json"),
  );
});

Deno.test("mutations of safetensors", async () => {
  const bytes = encodeSafetensors({
    tensors: {
      "a/kernel": { shape: [2, 3], values: new Float32Array(6) },
      "a/bias": { shape: [3], values: new Float32Array(3) },
    },
    metadata: { note: "small" },
  });
  await fuzz(bytes, (bytes) => readWeights(bytes, "a", "safetensors"));
});

Deno.test("mutations of .npz", async () => {
  const array = npy("<f4", [2, 3], new Float32Array(6));
  await fuzz(
    array,
    (bytes) => readWeights(encodeZip({ "a.npy": bytes }), "a.npz", "npz"),
  );
  await fuzz(
    encodeZip({ "a.npy": array }),
    (bytes) => readWeights(bytes, "a.npz", "npz"),
  );
});
