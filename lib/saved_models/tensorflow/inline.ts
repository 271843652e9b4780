/**
 * Functions of TensorFlow's graphs, put where they are called.
 *
 * @module
 */
import { show } from "../../text/show.ts";
import { MOST_NODES } from "../graph/graph.ts";
import type { RawGraph, RawNode } from "./raw_graph.ts";

/** Operations that call a function. */
const calls = new Set(["PartitionedCall", "StatefulPartitionedCall"]);

/** How deep functions may call each other. */
const DEEPEST = 50;

/** A graph without calls, whose values have names of their own. */
export interface FlatGraph {
  /** The operations; their inputs are names of values. */
  readonly nodes: readonly RawNode[];
  /** The value that a name of the file stands for. */
  resolve(name: string): string;
}

/** The name of an operation's value: the first one goes by the operation's. */
export function valueName(operation: string, index: number | string): string {
  return Number(index) === 0 ? operation : `${operation}:${index}`;
}

/** A name of the outermost graph, such as `a`, `a:0` or `a:1`. */
function outerName(name: string): string {
  const [operation = "", index = 0] = name.split(":");
  return valueName(operation, index);
}

/** A name within a function: `argument`, or `operation:output:index`. */
function innerName(
  name: string,
  path: string,
  given: ReadonlyMap<string, string>,
): string {
  const argument = given.get(name);
  if (argument !== undefined) return argument;
  const [operation = "", output = "", index = 0] = name.split(":");
  // Of normalisations only the first output is one that is used afterwards.
  const isFirst = /^(batch_mean|batch_variance|reserve_space_\d)$/.test(output);
  return isFirst
    ? `${path}${operation}:${output}`
    : valueName(path + operation, index);
}

/**
 * Puts functions where they are called.
 *
 * @throws {SyntaxError} If one is missing, calls itself, or there are too many
 * operations.
 */
export function inlined({ nodes, functions }: RawGraph): FlatGraph {
  const flat: RawNode[] = [];
  let count = 0;
  const same = new Map<string, string>();
  const resolve = (name: string): string => {
    let found = name;
    for (let i = 0; same.has(found); i++) {
      if (i > MOST_NODES) {
        throw new SyntaxError(`value ${show(name)} stands for itself`);
      }
      found = same.get(found)!;
    }
    return found;
  };
  const visit = (
    list: readonly RawNode[],
    path: string,
    nameOf: (name: string) => string,
    depth: number,
  ): void => {
    if (depth > DEEPEST) {
      throw new SyntaxError(`has functions that call each other without end`);
    }
    for (const node of list) {
      // Calls count too: functions of calls alone could double without end.
      if (++count > MOST_NODES) {
        throw new SyntaxError(`has more than ${MOST_NODES} operations`);
      }
      const name = path + node.name;
      const inputs = node.inputs.map(nameOf);
      if (!calls.has(node.op)) {
        flat.push({ ...node, name, inputs });
        continue;
      }
      const called = node.attributes.get("f");
      const body = functions.get(String(called));
      if (body === undefined) {
        throw new SyntaxError(
          `operation ${show(name)} calls a function ${
            show(called)
          }, which is not there`,
        );
      }
      const given = new Map(
        body.inputs.map((input, i) => [input, inputs[i] ?? ""]),
      );
      const inner = `${name}/`;
      visit(
        body.nodes,
        inner,
        (one) => innerName(one, inner, given),
        depth + 1,
      );
      body.outputs.forEach((output, i) => {
        const from = body.results.get(output) ?? output;
        same.set(valueName(name, i), innerName(from, inner, given));
      });
    }
  };
  visit(nodes, "", outerName, 0);
  return {
    nodes: flat.map((node) => ({ ...node, inputs: node.inputs.map(resolve) })),
    resolve: (name) => resolve(outerName(name)),
  };
}
