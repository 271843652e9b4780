/**
 * Files of weights only, whose architecture is given apart.
 *
 * @module
 */
import { decodeSafetensors, type StoredTensor } from "../files/safetensors.ts";
import { namedNetwork } from "../models/named_network.ts";
import { openNpz } from "../numpy/npz.ts";
import { bytesSource } from "../zip/mod.ts";
import { buildModel } from "./build_model.ts";
import { rewriteModel } from "./keras/topology.ts";
import { assignByName } from "./layers_model_file.ts";
import { weightsOfNetwork } from "./network_weights.ts";
import { isObject, parseJson } from "./parse_json.ts";
import { LARGEST_WEIGHTS } from "./read_bytes.ts";
import {
  type ModelSource,
  ofLayersModel,
  ofNetwork,
  type SavedModel,
} from "./saved_model.ts";

/**
 * What a file of weights is the weights of: one of Slope's networks
 * (`{ "kind": "resnet", "depth": 20, "inputShape": [32, 32, 3] }`), or a model as
 * Keras's `to_json()` or a `model.json` describes it.
 */
export type Architecture = Readonly<Record<string, unknown>>;

/** What a file of weights holds. */
export interface StoredWeights {
  /** By name. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What they are the weights of, where the file says it, as Slope's do. */
  readonly architecture?: Architecture;
}

/** Reads a file of weights. */
export async function readWeights(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  format: "safetensors" | "npz",
): Promise<StoredWeights> {
  if (format === "safetensors") {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const { architecture } = metadata;
    return {
      tensors: new Map(Object.entries(tensors)),
      ...architecture ? { architecture: parseJson(architecture) } : {},
    };
  }
  const archive = await openNpz(bytesSource(bytes, file), LARGEST_WEIGHTS);
  const tensors = new Map<string, StoredTensor>();
  for (const name of archive.names) {
    const { shape, values } = await archive.read(name);
    tensors.set(name, { shape, values: Float32Array.from(values) });
  }
  return { tensors };
}

/**
 * A model of weights and architecture.
 *
 * @throws {SyntaxError} If the weights are not those of the architecture.
 * @throws {TypeError | RangeError} If there is no such architecture.
 */
export async function withArchitecture(
  tensors: ReadonlyMap<string, StoredTensor>,
  architecture: Architecture,
  source: ModelSource,
): Promise<SavedModel> {
  // It may come from a file as well: the same limits hold.
  const json = parseJson(JSON.stringify(architecture));
  if (!("class_name" in json) && !("modelTopology" in json)) {
    const { names, ...spec } = architecture;
    const network = namedNetwork(spec);
    const stored = weightsOfNetwork(network, tensors, readNames(names));
    return ofNetwork(network, stored, source);
  }
  const outer = isObject(json.modelTopology) ? json.modelTopology : json;
  const topology = isObject(outer.model_config) ? outer.model_config : outer;
  const isNew = String(json.keras_version ?? outer.keras_version)
    .startsWith("3.") || json.module !== undefined;
  let values = 0;
  for (const tensor of tensors.values()) values += tensor.values.length;
  const model = await buildModel(
    rewriteModel(topology, isNew ? 3 : 2),
    values,
    true,
  );
  try {
    assignByName(model, tensors);
    return ofLayersModel(model, source);
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** What weights are called, by the names of the network's parameters. */
function readNames(names: unknown): Record<string, string> {
  if (names === undefined) return {};
  const isNames = typeof names === "object" && names !== null &&
    Object.values(names).every((name) => typeof name === "string");
  if (isNames) return names as Record<string, string>;
  throw new TypeError("the names of an architecture must be texts by name");
}
