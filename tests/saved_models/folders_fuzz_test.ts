/**
 * Models in folders, of which one file was tampered with: each is read or refused in
 * one line, and nothing outside the folder is read. `SLOPE_FUZZ=10000` reads so many.
 *
 * @module
 */
import { ok } from "node:assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { mlp } from "../../lib/models/mlp.ts";
import { momentum } from "../../lib/optimizers/mod.ts";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { ModelFileError } from "../../lib/saved_models/model_file_error.ts";
import { openModel } from "../../lib/saved_models/open_model.ts";
import { constant } from "../../lib/schedules/constant.ts";
import { classification } from "../../lib/training/objective.ts";
import { residentData } from "../../lib/training/resident_data.ts";
import { train } from "../../lib/training/train.ts";
import { withFolder } from "../support/with_folder.ts";
import { mutated } from "./mutated.ts";

await initialize({ backend: "cpu" });

/** How many mutations of each folder are read. */
const COUNT = Number(Deno.env.get("SLOPE_FUZZ") ?? 200);

/** The most milliseconds that one folder may take. */
const LONGEST = 5000;

/** What all values outside the folder are; no model has them. */
const OUTSIDE = 42;

/** A dense layer, its kernel and its bias in a file each. */
const description = (paths: readonly string[]) =>
  JSON.stringify({
    modelTopology: {
      class_name: "Sequential",
      config: {
        layers: [{
          class_name: "Dense",
          config: {
            name: "one",
            units: 2,
            activation: "linear",
            batch_input_shape: [null, 3],
          },
        }],
      },
    },
    weightsManifest: [{
      paths,
      weights: [
        { name: "one/kernel", shape: [3, 2], dtype: "float32" },
        { name: "one/bias", shape: [2], dtype: "float32" },
      ],
    }],
  });

async function writeLayersModel(folder: string): Promise<void> {
  await Deno.mkdir(folder);
  const files = {
    "kernel.bin": new Float32Array(6).fill(1),
    "bias.bin": new Float32Array(2).fill(2),
  };
  for (const [name, values] of Object.entries(files)) {
    const bytes = new Uint8Array(values.buffer);
    await Deno.writeFile(join(folder, name), bytes);
  }
  const json = description(Object.keys(files));
  await Deno.writeTextFile(join(folder, "model.json"), json);
}

async function writeRun(directory: string): Promise<void> {
  const split = {
    count: 4,
    inputs: Float32Array.of(-2, -1, 1, 2),
    labels: Int32Array.of(0, 0, 1, 1),
  };
  const data = residentData({ name: "points", shape: [1], train: split });
  const training = train({
    objective: classification(mlp({ inputShape: [1], outputs: 2 })),
    data,
    optimizer: momentum(),
    batchSize: 2,
    epochs: 2,
    learningRate: constant({ value: 0.1 }),
    seed: 0,
    directory,
  });
  let next = await training.next();
  while (!next.done) next = await training.next();
  tf.dispose(next.value.parameters);
  data.dispose();
}

/** The files in a folder and those below it. */
async function filesOf(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    files.push(...isDirectory ? await filesOf(path) : [path]);
  }
  return files.sort();
}

/** Opens a folder; whether it was read, and nothing from outside it. */
async function opens(folder: string, what: string): Promise<boolean> {
  const start = performance.now();
  let isRead = false;
  try {
    const model = await openModel(folder);
    isRead = true;
    const weights = model.layersModel?.getWeights() ?? [];
    const isOutside = weights.some((weight) =>
      weight.dataSync().includes(OUTSIDE)
    );
    ok(!isOutside, `${what}: read from outside`);
    model.dispose();
  } catch (error) {
    ok(error instanceof ModelFileError, `${what}: ${error}`);
    ok(!error.message.includes("\n") && error.message.length < 1000);
  }
  const time = performance.now() - start;
  ok(time < LONGEST, `${what} took ${time.toFixed(0)} ms`);
  return isRead;
}

const folders = {
  "a model.json and its weights": writeLayersModel,
  "a run": writeRun,
};

for (const [name, write] of Object.entries(folders)) {
  Deno.test(`mutations of the files of ${name}`, () =>
    withFolder(async (folder) => {
      const model = join(folder, "model");
      await write(model);
      ok(await opens(model, "as it was written"));
      const files = await filesOf(model);
      const random = randomStream(8, Purpose.split, COUNT);
      const before = tf.memory().numTensors;
      for (let i = 0; i < COUNT; i++) {
        const file = files[random.integer(files.length)]!;
        const original = await Deno.readFile(file);
        await Deno.writeFile(file, mutated(original, random));
        await opens(model, `mutation ${i} of ${file}`);
        await Deno.writeFile(file, original);
      }
      ok(await opens(model, "as it was written, again"));
      ok(tf.memory().numTensors - before < 20 * COUNT);
    }));
}

Deno.test("paths of weights lead to no file outside the folder", () =>
  withFolder(async (folder) => {
    const outer = join(folder, "outer");
    const model = join(outer, "model");
    await Deno.mkdir(outer);
    await writeLayersModel(model);
    const secret = new Uint8Array(new Float32Array(8).fill(OUTSIDE).buffer);
    for (const place of [folder, outer]) {
      await Deno.writeFile(join(place, "secret.bin"), secret);
    }
    const parts = ["..", ".", "", "model", "outer", "%2e%2e", "..\\", "file:"];
    const ends = ["secret.bin", "../secret.bin", folder + "/secret.bin"];
    const random = randomStream(9, Purpose.split, COUNT);
    const pick = (from: readonly string[]) =>
      from[random.integer(from.length)]!;
    for (let i = 0; i < COUNT; i++) {
      const ups = Array.from({ length: random.integer(5) }, () => pick(parts));
      const path = [...ups, pick(ends)].join(pick(["/", "/", "//", "\\"]));
      const json = description([path]);
      await Deno.writeTextFile(join(model, "model.json"), json);
      ok(!await opens(model, path), `${path} was read`);
    }
  }));
