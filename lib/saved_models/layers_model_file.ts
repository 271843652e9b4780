/**
 * TensorFlow.js layers models: `model.json` and the files of weights beside it.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { StoredTensor } from "../files/safetensors.ts";
import { show } from "../text/show.ts";
import { assignWeights, buildModel } from "./build_model.ts";
import { rewriteModel } from "./keras/topology.ts";
import { isObject, type JsonObject, objectOf } from "./parse_json.ts";
import { readManifest } from "./weights_manifest.ts";

/** What a weight may be called, by what other tools put around its name. */
function spellings(name: string): string[] {
  const parts = name.replace(/:\d+$/, "").split("/");
  return [
    name,
    parts.join("/"),
    // TensorFlow 2 has the cell's name within: lstm/lstm_cell/kernel.
    [...parts.slice(0, -2), ...parts.slice(-1)].join("/"),
    // Keras 3 puts the model's name before: sequential/dense/kernel.
    parts.slice(1).join("/"),
    [...parts.slice(1, -2), ...parts.slice(-1)].join("/"),
  ];
}

/** Finds for each weight of a model what the file has for it. */
export function assignByName(
  model: tf.LayersModel,
  tensors: ReadonlyMap<string, StoredTensor>,
): void {
  const wanted = new Map(
    model.weights.map((weight) => [weight.originalName, weight]),
  );
  if (wanted.size < model.weights.length) {
    const names = model.weights.map((weight) => weight.originalName);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    throw new SyntaxError(`two weights of the model are named ${show(twice)}`);
  }
  for (const [name, tensor] of tensors) {
    const spelling = spellings(name).find((spelling) => wanted.has(spelling));
    if (spelling === undefined) {
      throw new SyntaxError(`the model has no weight ${show(name)}`);
    }
    const place = spelling.slice(0, spelling.lastIndexOf("/"));
    assignWeights([wanted.get(spelling)!], [tensor], place);
    wanted.delete(spelling);
  }
  const [missing] = wanted.keys();
  if (missing !== undefined) {
    throw new SyntaxError(`the file has no values for weight ${show(missing)}`);
  }
}

/**
 * Reads a `model.json`, as TensorFlow.js or its converter writes it.
 *
 * @param json The file, which is not trusted.
 * @param file Its path; the weights are below its folder.
 * @param onBytes Is told the bytes of each file of weights.
 * @returns The model, which belongs to the caller.
 * @throws {SyntaxError} If it is damaged, or holds what Slope does not read.
 * @throws {ModelFileError} If a file of weights is missing.
 */
export async function readLayersModelFile(
  json: JsonObject,
  file: string,
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<tf.LayersModel> {
  const outer = objectOf(json.modelTopology, "modelTopology");
  const topology = isObject(outer.model_config) ? outer.model_config : outer;
  const generation = String(outer.keras_version).startsWith("3.") ? 3 : 2;
  const rewritten = rewriteModel(topology, generation);
  const tensors = await readManifest(json.weightsManifest, file, onBytes);
  let values = 0;
  for (const tensor of tensors.values()) values += tensor.values.length;
  const model = await buildModel(rewritten, values);
  try {
    assignByName(model, tensors);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}
