/**
 * Mutated files of graphs: each is read or refused in one line; none crashes, hangs or
 * takes memory that it does not have. `SLOPE_FUZZ=10000` reads so many of each format.
 *
 * @module
 */
import { ok } from "node:assert";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { Purpose, randomStream } from "../../lib/random/stream.ts";
import { initialize } from "../../lib/runtime/initialize.ts";
import { ModelFileError } from "../../lib/saved_models/model_file_error.ts";
import { openModel } from "../../lib/saved_models/open_model.ts";
import { withFolder } from "../support/with_folder.ts";
import { mutated } from "./mutated.ts";
import { fixturePath as onnxPath } from "./onnx/fixtures.ts";
import {
  fixtureBytes,
  type Format,
  writeFixture,
} from "./tensorflow/fixtures.ts";

await initialize({ backend: "cpu" });

/** How many mutations of each format are read. */
const COUNT = Number(Deno.env.get("SLOPE_FUZZ") ?? 100);

/** The most milliseconds that one file may take. */
const LONGEST = 5000;

/** The most bytes that the process may grow by. */
const MOST_MEMORY = 2 ** 31;

/** Opens a model with mutations of one of its files in place. */
async function fuzz(
  path: string,
  file: string,
  original: Uint8Array,
): Promise<void> {
  const random = randomStream(8, Purpose.split, COUNT);
  const before = tf.memory().numTensors;
  const { rss } = Deno.memoryUsage();
  let read = 0, slowest = 0;
  for (let i = 0; i < COUNT; i++) {
    await Deno.writeFile(file, mutated(original, random));
    const start = performance.now();
    try {
      (await openModel(path)).dispose();
      read++;
    } catch (error) {
      ok(error instanceof ModelFileError, `mutation ${i}: ${error}`);
      ok(!error.message.includes("\n") && error.message.length < 1000);
    }
    const time = performance.now() - start;
    slowest = Math.max(slowest, time);
    ok(time < LONGEST, `mutation ${i} took ${time.toFixed(0)} ms`);
    ok(
      tf.memory().numTensors === before,
      `mutation ${i} left ${tf.memory().numTensors - before} tensors`,
    );
    const grown = Deno.memoryUsage().rss - rss;
    ok(grown < MOST_MEMORY, `mutation ${i}: ${grown} bytes more`);
  }
  if (COUNT < 1000) return;
  const megabytes = (Deno.memoryUsage().rss - rss) / 2 ** 20;
  console.log(
    `${COUNT} mutations: ${read} read, ${
      COUNT - read
    } refused, the slowest took ${slowest.toFixed(0)} ms; ${
      megabytes.toFixed(0)
    } MiB more`,
  );
}

for (const name of ["residual", "convnet", "activations"]) {
  Deno.test(`mutations of ${name}.onnx`, () =>
    withFolder(async (folder) => {
      const path = join(folder, "a.onnx");
      await fuzz(path, path, await Deno.readFile(onnxPath(name)));
    }));
}

const parts: readonly (readonly [name: string, Format, file: string])[] = [
  ["plain", "saved_model", "saved_model.pb"],
  ["images_keras3", "saved_model", "variables/variables.index"],
  ["images_keras3", "saved_model", "variables/variables.data-00000-of-00001"],
  ["images_keras2", "graph_model", "model.json"],
  ["plain", "graph_model", "group1-shard1of1.bin"],
];

for (const [name, format, file] of parts) {
  Deno.test(`mutations of ${file} of a ${format}`, () =>
    withFolder(async (folder) => {
      await writeFixture(folder, name, format);
      const original = await fixtureBytes(`${name}/${format}/${file}`);
      await fuzz(folder, join(folder, file), original);
    }));
}
