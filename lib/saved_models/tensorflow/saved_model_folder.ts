/**
 * TensorFlow's SavedModel: a folder with a graph and its variables.
 *
 * The graph is not given to TensorFlow, whose operations can read and write any file:
 * it is read here, and only what is known is computed.
 *
 * @module
 */
import { join } from "node:path";
import { type Field, fieldLimit, fieldsOf } from "../../protobuf/mod.ts";
import { show } from "../../text/show.ts";
import type { Constant } from "../graph/graph.ts";
import { type GraphFile, onlyOne } from "../graph/graph_model.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { readEntry, readGraphDef } from "./graph_def.ts";
import { inlined } from "./inline.ts";
import type { RawGraph, RawNode } from "./raw_graph.ts";
import { toGraph } from "./to_graph.ts";
import { variableKeys } from "./variables.ts";

/** What the outside calls to get predictions. */
const SIGNATURE = "serving_default";

/** Operations that make a variable. */
const variables = new Set(["VarHandleOp", "VariableV2"]);

/** The names of the values that a signature takes and gives. */
interface Signature {
  readonly inputs: string[];
  readonly outputs: string[];
}

function readSignature(field: Field): Signature {
  const signature: Signature = { inputs: [], outputs: [] };
  for (const part of field.message()) {
    if (part.number !== 1 && part.number !== 2) continue;
    const [, info] = readEntry(part);
    for (const inner of info?.message() ?? []) {
      if (inner.number !== 1) continue;
      const { inputs, outputs } = signature;
      (part.number === 1 ? inputs : outputs).push(inner.text());
    }
  }
  return signature;
}

/** A graph with its signatures and tags. */
interface MetaGraph {
  tags: string[];
  graph: RawGraph | undefined;
  signatures: Map<string, Signature>;
}

function readMetaGraph(field: Field): MetaGraph {
  const meta: MetaGraph = { tags: [], graph: undefined, signatures: new Map() };
  for (const part of field.message()) {
    if (part.number === 1) {
      for (const inner of part.message()) {
        if (inner.number === 4) meta.tags.push(inner.text());
      }
    } else if (part.number === 2) meta.graph = readGraphDef(part);
    else if (part.number === 5) {
      const [name, value] = readEntry(part);
      if (value !== undefined) meta.signatures.set(name, readSignature(value));
    }
  }
  return meta;
}

/** The graph that serves, with what it is asked for. */
function readServing(bytes: Uint8Array): { graph: RawGraph } & Signature {
  for (const field of fieldsOf(bytes, fieldLimit())) {
    if (field.number !== 2) continue;
    const { tags, graph, signatures } = readMetaGraph(field);
    if (!tags.includes("serve") || graph === undefined) continue;
    const signature = signatures.get(SIGNATURE);
    if (signature === undefined) {
      throw new SyntaxError(
        `has no signature ${SIGNATURE}, only ${
          [...signatures.keys()].slice(0, 5).map(show).join(", ") || "none"
        }`,
      );
    }
    return { graph, ...signature };
  }
  throw new SyntaxError("has no graph with the tag serve");
}

/** Renames variables from their operations' names to their own. */
function namesOf(nodes: readonly RawNode[]): Map<string, string> {
  const taken = new Set(nodes.map(({ name }) => name));
  const names = new Map<string, string>();
  const used = new Set<string>();
  for (const { name, op, attributes } of nodes) {
    const own = attributes.get("shared_name");
    if (!variables.has(op) || typeof own !== "string" || own === "") continue;
    if (taken.has(own) || used.has(own)) continue;
    used.add(own);
    names.set(name, own);
  }
  return names;
}

/**
 * Reads a SavedModel of one input and one output.
 *
 * @param bytes Its `saved_model.pb`, which is not trusted.
 * @param folder Where it is.
 * @param onBytes Is told the bytes of each further file.
 * @throws {SyntaxError} If it is damaged, or holds what is not read.
 * @throws {ModelFileError} If a file of variables is missing or damaged.
 */
export async function readSavedModel(
  bytes: Uint8Array,
  folder: string,
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<GraphFile> {
  const { graph, inputs, outputs } = readServing(bytes);
  const flat = inlined(graph);
  const keys = variableKeys(flat);
  const names = namesOf(flat.nodes);
  const renamed = (name: string) => names.get(name) ?? name;
  const constants = new Map<string, Constant>();
  for (const { name, op, attributes } of flat.nodes) {
    const value = op === "Const" ? attributes.get("value") : undefined;
    if (typeof value === "object" && "shape" in value) {
      constants.set(name, value as Constant);
    }
  }
  const handles = flat.nodes.filter(({ op }) => variables.has(op));
  if (keys.size > 0) {
    const index = join(folder, "variables", "variables.index");
    const checkpoint = await openCheckpoint(index, onBytes);
    for (const { name } of handles) {
      const key = keys.get(name);
      if (key !== undefined) {
        constants.set(renamed(name), await checkpoint.read(key));
      }
    }
  }
  const nodes = flat.nodes.filter(({ op }) => !variables.has(op)).map((
    node,
  ) => ({ ...node, inputs: node.inputs.map(renamed) }));
  return toGraph({ nodes, resolve: flat.resolve }, {
    constants,
    input: flat.resolve(onlyOne(inputs, "input")),
    output: flat.resolve(onlyOne(outputs, "output")),
  });
}
