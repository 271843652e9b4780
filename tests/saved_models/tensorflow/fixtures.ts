/**
 * What Keras, TensorFlow and the converter of TensorFlow.js saved and predicted; see
 * tests/golden/graphs/make.py.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import golden from "../../golden/graphs/predictions.json" with { type: "json" };

/** What a framework predicted for a model. */
export interface Prediction {
  shape: number[];
  inputs: number[];
  outputs: number[];
}

/** By the names of the folders. */
export const predictions: Record<string, Prediction> = golden.models;

/** A model in a folder of a test. */
export type Format = "saved_model" | "graph_model";

const folderOfAll = new URL("../../golden/graphs/", import.meta.url);

/** The bytes of a file, such as `plain/saved_model/saved_model.pb`. */
export async function fixtureBytes(
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const path = new URL(file, folderOfAll);
  if (!file.endsWith(".pb")) return await Deno.readFile(path);
  return Uint8Array.from(
    gunzipSync(await Deno.readFile(`${path.pathname}.gz`)),
  );
}

/** The files of a model, by their paths below its folder. */
const files: Readonly<Record<Format, readonly string[]>> = {
  saved_model: [
    "saved_model.pb",
    "variables/variables.index",
    "variables/variables.data-00000-of-00001",
  ],
  graph_model: ["model.json", "group1-shard1of1.bin"],
};

/** Writes a model into a folder, some of its files otherwise. */
export async function writeFixture(
  folder: string,
  name: string,
  format: Format,
  otherwise: Readonly<Record<string, Uint8Array | string>> = {},
): Promise<void> {
  for (const file of files[format]) {
    const path = join(folder, file);
    await Deno.mkdir(dirname(path), { recursive: true });
    const bytes = otherwise[file] ??
      await fixtureBytes(`${name}/${format}/${file}`);
    await Deno.writeFile(
      path,
      typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
    );
  }
}
