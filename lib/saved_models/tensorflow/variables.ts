/**
 * Which variable of a SavedModel is which of its checkpoint.
 *
 * @module
 */
import type { FlatGraph } from "./inline.ts";
import type { RawNode } from "./raw_graph.ts";

/** The most operations between a variable and what is read for it. */
const LONGEST = 20;

/**
 * Follows what restores variables: each is assigned an output of an operation that
 * reads keys of the checkpoint.
 *
 * @returns The keys by the names of the variables' operations.
 */
export function variableKeys({ nodes }: FlatGraph): Map<string, string> {
  const byName = new Map<string, RawNode>(
    nodes.map((node) => [node.name, node]),
  );
  const keys = new Map<string, string>();
  for (const { op, inputs: [variable = "", value = ""] } of nodes) {
    if (op !== "AssignVariableOp" && op !== "Assign") continue;
    let name = value;
    for (let i = 0; i < LONGEST; i++) {
      const [operation = "", output = "0"] = name.split(/:(?=\d+$)/);
      const node = byName.get(operation);
      if (node === undefined) break;
      if (node.op === "RestoreV2") {
        const texts = byName.get(node.inputs[1] ?? "")?.attributes.get("value");
        const key = Array.isArray(texts) ? texts[Number(output)] : undefined;
        if (typeof key === "string") keys.set(variable, key);
        break;
      }
      if (node.op !== "Identity" && node.op !== "NoOp") break;
      name = node.inputs[0] ?? "";
    }
  }
  return keys;
}
