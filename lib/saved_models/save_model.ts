/**
 * Models written to files.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { createHash } from "node:crypto";
import { basename, dirname, extname, join } from "node:path";
import { encodeSafetensors, type StoredTensor } from "../files/safetensors.ts";
import { writeWhole } from "../files/write_whole.ts";
import { show } from "../text/show.ts";
import {
  type LayersModel,
  objectiveOfLayersModel,
} from "../training/layers_model.ts";
import { encodeKeras } from "./keras/encode_keras.ts";

/** The formats that are written, by the endings of files. */
export const writtenFormats: readonly string[] = [
  ".json",
  ".keras",
  ".safetensors",
];

/** The values of a model's weights, by name. */
export function tensorsOf(model: LayersModel): Record<string, StoredTensor> {
  const { parameters } = objectiveOfLayersModel(model, "meanSquaredError");
  return Object.fromEntries(
    parameters.map(({ name, shape, initialise }) => {
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
      initialise(values, undefined as never);
      return [name, { shape, values }];
    }),
  );
}

/** Writes a `model.json` and its weights. */
async function writeLayersModel(
  path: string,
  model: tf.LayersModel,
): Promise<void> {
  const weights = model.weights.map((variable) => ({
    name: variable.originalName,
    shape: variable.shape as number[],
    values: Float32Array.from(variable.read().dataSync()),
  }));
  const hash = createHash("sha256");
  const size = weights.reduce((sum, { values }) => sum + values.byteLength, 0);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const { values } of weights) {
    bytes.set(new Uint8Array(values.buffer), at);
    at += values.byteLength;
  }
  // Named after its contents: an older model.json keeps its own weights.
  const digest = hash.update(bytes).digest("hex").slice(0, 12);
  const name = `${basename(path, extname(path))}.${digest}.bin`;
  await writeWhole(join(dirname(path), name), bytes);
  await writeWhole(
    path,
    JSON.stringify({
      format: "layers-model",
      generatedBy: "Slope",
      convertedBy: null,
      modelTopology: model.toJSON(null, false),
      weightsManifest: [{
        paths: [name],
        weights: weights.map(({ name, shape }) => ({
          name,
          shape,
          dtype: "float32",
        })),
      }],
    }),
  );
}

/**
 * Saves a TensorFlow.js layers model, in the format that the path's ending names:
 * `.json` (a `model.json`, with its weights in a `.bin` beside it), `.keras` (Keras
 * 3) or `.safetensors` (the
 * weights, with the architecture as text beside them). A file that was there is replaced whole.
 *
 * @param path Where it goes; the folder must be there.
 * @param model The model, which stays the caller's.
 * @throws {RangeError} If no format has that ending.
 * @throws {SyntaxError} If the model has a layer that Keras does not read.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { openModel } from "./open_model.ts";
 * import { saveModel } from "./save_model.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 2 })] });
 * const folder = await Deno.makeTempDir();
 * await saveModel(`${folder}/small.keras`, model);
 *
 * const same = await openModel(`${folder}/small.keras`);
 * deepStrictEqual(same.inputShape, [3]);
 * model.dispose();
 * same.dispose();
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function saveModel(
  path: string,
  model: LayersModel,
): Promise<void> {
  switch (extname(path).toLowerCase()) {
    case ".json":
      return await writeLayersModel(path, model);
    case ".keras":
      return await writeWhole(path, encodeKeras(model));
    case ".safetensors":
      return await writeWhole(
        path,
        encodeSafetensors({
          tensors: tensorsOf(model),
          // So that who opens the weights need not be told.
          metadata: { architecture: JSON.stringify(model.toJSON(null, false)) },
        }),
      );
    default:
      throw new RangeError(
        `the model must be saved as ${writtenFormats.join(", ")}, got ${
          show(basename(path))
        }`,
      );
  }
}
