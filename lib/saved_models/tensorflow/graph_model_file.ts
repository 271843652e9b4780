/**
 * TensorFlow.js graph models: a `model.json` with a graph, and files of weights.
 *
 * @module
 */
import { show } from "../../text/show.ts";
import type { Constant } from "../graph/graph.ts";
import { type GraphFile, onlyOne } from "../graph/graph_model.ts";
import {
  isObject,
  type JsonObject,
  objectOf,
  stringOf,
} from "../parse_json.ts";
import { readManifest } from "../weights_manifest.ts";
import { readGraphJson } from "./graph_json.ts";
import { inlined } from "./inline.ts";
import { isWhole, type RawNode } from "./raw_graph.ts";
import { toGraph } from "./to_graph.ts";

/** Whether a `model.json` holds a graph, not layers. */
export function isGraphModel(json: JsonObject): boolean {
  return json.format === "graph-model" ||
    isObject(json.modelTopology) && Array.isArray(json.modelTopology.node);
}

/** The values that a signature names. */
function endsOf(signature: JsonObject, key: "inputs" | "outputs"): string[] {
  const ends = Object.values(objectOf(signature[key] ?? {}, key));
  return ends.map((end) => stringOf(objectOf(end, key).name, "an end's name"));
}

/** Operations whose results nothing takes. */
function lastNodes(nodes: readonly RawNode[]): string[] {
  const taken = new Set(
    nodes.flatMap(({ inputs }) => inputs.map((name) => name.split(":")[0]!)),
  );
  return nodes.filter(({ name, op }) =>
    !taken.has(name) && op !== "Const" && op !== "NoOp" && op !== "Placeholder"
  ).map(({ name }) => name);
}

/**
 * Reads a graph model of one input and one output.
 *
 * @param json The `model.json`, which is not trusted.
 * @param file Its path; the weights are below its folder.
 * @param onBytes Is told the bytes of each file of weights.
 * @throws {SyntaxError} If it is damaged, or holds what is not read.
 * @throws {ModelFileError} If a file of weights is missing.
 */
export async function readGraphModel(
  json: JsonObject,
  file: string,
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<GraphFile> {
  const flat = inlined(
    readGraphJson(objectOf(json.modelTopology, "modelTopology")),
  );
  const stored = await readManifest(json.weightsManifest, file, onBytes);
  const constants = new Map<string, Constant>();
  for (const { name, op, attributes } of flat.nodes) {
    if (op !== "Const") continue;
    const tensor = stored.get(name);
    if (tensor === undefined) {
      throw new SyntaxError(`the file has no values for weight ${show(name)}`);
    }
    const isInteger = isWhole(String(attributes.get("dtype")));
    constants.set(name, { ...tensor, isInteger });
  }
  const metadata = isObject(json.userDefinedMetadata)
    ? json.userDefinedMetadata
    : {};
  const found = json.signature ?? metadata.signature;
  const signature = isObject(found) ? found : undefined;
  const inputs = signature ? endsOf(signature, "inputs") : flat.nodes
    .filter(({ op }) => op === "Placeholder").map(({ name }) => name);
  const outputs = signature
    ? endsOf(signature, "outputs")
    : lastNodes(flat.nodes);
  return toGraph(flat, {
    constants,
    input: flat.resolve(onlyOne(inputs, "input")),
    output: flat.resolve(onlyOne(outputs, "output")),
  });
}
