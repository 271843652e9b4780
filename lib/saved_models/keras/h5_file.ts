/**
 * Whole models in one HDF5 file, `.h5`, as both generations of Keras write them.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { openHdf5 } from "../../hdf5/mod.ts";
import { buildModel } from "../build_model.ts";
import { parseJson } from "../parse_json.ts";
import { readLayerWeights } from "./keras_weights.ts";
import { rewriteModel } from "./topology.ts";

/**
 * Reads an `.h5` file.
 *
 * @param bytes The whole file.
 * @returns The model, which belongs to the caller.
 * @throws {SyntaxError | RangeError} If it is damaged, has weights only, or holds
 * what Slope does not read; the message says which layer.
 */
export async function readH5File(bytes: Uint8Array): Promise<tf.LayersModel> {
  const stored = openHdf5(bytes);
  const description = stored.text("", "model_config");
  if (description === undefined) {
    throw new SyntaxError(
      "holds no model_config: it has weights only; save the whole model, or give the weights as safetensors or .npz with an architecture",
    );
  }
  const version = stored.text("", "keras_version") ??
    stored.text("model_weights", "keras_version");
  const generation = version?.startsWith("3.") ? 3 : 2;
  const topology = rewriteModel(parseJson(description), generation);
  // Weights are of four bytes, and as many as there are bytes for.
  const model = await buildModel(topology, bytes.length / 4, true);
  try {
    readLayerWeights(model, stored, "model_weights");
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}
