/**
 * Keras's own format, `.keras`: a zip archive with the model's description and an
 * HDF5 file of weights.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { openHdf5 } from "../../hdf5/mod.ts";
import { bytesSource, entryBytes, readDirectory } from "../../zip/mod.ts";
import { buildModel } from "../build_model.ts";
import { parseJson } from "../parse_json.ts";
import { LARGEST_JSON, LARGEST_WEIGHTS } from "../read_bytes.ts";
import { readVariables } from "./keras_weights.ts";
import { rewriteModel } from "./topology.ts";

/** How many times its packed size a file in the archive may have. */
const LARGEST_RATIO = 100;

/**
 * Reads a `.keras` file.
 *
 * @param bytes The whole file.
 * @param file What messages call it.
 * @returns The model, which belongs to the caller.
 * @throws {SyntaxError | RangeError} If it is damaged, or holds what Slope does not
 * read; the message says which layer.
 */
export async function readKerasFile(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Promise<tf.LayersModel> {
  const source = bytesSource(bytes, file);
  const entries = await readDirectory(source);
  const read = async (name: string, most: number) => {
    const entry = entries.find((entry) => entry.name === name);
    if (entry === undefined) {
      throw new SyntaxError(`is not a .keras file: it has no ${name}`);
    }
    const limit = Math.min(most, LARGEST_RATIO * entry.packedSize);
    return await entryBytes(source, entry, limit);
  };
  const description = parseJson(await read("config.json", LARGEST_JSON));
  const metadata = parseJson(await read("metadata.json", LARGEST_JSON));
  const generation = String(metadata.keras_version).startsWith("3.") ? 3 : 2;
  const topology = rewriteModel(description, generation);
  const weights = await read("model.weights.h5", LARGEST_WEIGHTS);
  // Weights are of four bytes, and as many as there are bytes for.
  const model = await buildModel(topology, weights.length / 4, true);
  try {
    readVariables(model, openHdf5(weights));
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}
