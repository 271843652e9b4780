/**
 * Graphs of operations, as ONNX and TensorFlow store models.
 *
 * @module
 */
import type { StoredTensor } from "../../files/safetensors.ts";
import { show } from "../../text/show.ts";

/** What an attribute of a node may be; types go by their names. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | StoredTensor;

/** One operation. */
export interface GraphNode {
  /** Its name, for messages. */
  readonly name: string;
  /** What it does, as its framework calls it. */
  readonly op: string;
  /** The names of the values it takes; "" where one is left out. */
  readonly inputs: readonly string[];
  /** The names of the values it gives. */
  readonly outputs: readonly string[];
  /** Its options. */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A constant of a graph. */
export interface Constant extends StoredTensor {
  /** Whether it holds integers, sizes and indices most often. */
  readonly isInteger: boolean;
  /** Whether it was a variable: then it is a weight, wherever it is used. */
  readonly isVariable?: boolean;
}

/** A graph with one input and one output. */
export interface Graph {
  /** The operations that the output needs, each after those that it needs. */
  readonly nodes: readonly GraphNode[];
  /** What is stored in the file, by name. */
  readonly constants: ReadonlyMap<string, Constant>;
  /** The input's name. */
  readonly input: string;
  /** Its shape, the number of examples included; null where it is free. */
  readonly inputShape: readonly (number | null)[];
  /** The output's name. */
  readonly output: string;
}

/** The most operations of a graph. */
export const MOST_NODES = 100_000;

/** A node as messages call it. */
export function placeOf({ name, op }: Pick<GraphNode, "name" | "op">): string {
  return `operation ${show(name)} (${op.slice(0, 60)})`;
}

/**
 * The nodes that an output needs, in an order in which they can be computed.
 *
 * @param nodes All nodes.
 * @param given Names of values that are there before.
 * @param output What is needed.
 * @throws {SyntaxError} If a value is missing, there twice, or needs itself.
 *
 * @example
 * ```ts
 * import { ordered } from "./graph.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const node = (name: string, from: string) => ({
 *   name,
 *   op: "Relu",
 *   inputs: [from],
 *   outputs: [name],
 *   attributes: new Map(),
 * });
 * const nodes = [node("b", "a"), node("unused", "b"), node("a", "x")];
 * const found = ordered(nodes, new Set(["x"]), "b");
 * deepStrictEqual(found.map(({ name }) => name), ["a", "b"]);
 * ```
 */
export function ordered(
  nodes: readonly GraphNode[],
  given: { has(name: string): boolean },
  output: string,
): GraphNode[] {
  if (nodes.length > MOST_NODES) {
    throw new SyntaxError(
      `has ${nodes.length} operations, expected at most ${MOST_NODES}`,
    );
  }
  const makers = new Map<string, GraphNode>();
  for (const node of nodes) {
    for (const name of node.outputs) {
      if (name === "") continue;
      if (makers.has(name) || given.has(name)) {
        throw new SyntaxError(`value ${show(name)} is there twice`);
      }
      makers.set(name, node);
    }
  }
  const makerOf = (name: string, user?: GraphNode) => {
    const maker = makers.get(name);
    if (maker !== undefined) return maker;
    throw new SyntaxError(
      `${user ? placeOf(user) : "the output"} needs a value ${
        show(name)
      }, which is not there`,
    );
  };
  const result: GraphNode[] = [];
  if (given.has(output)) return result;
  const state = new Map<GraphNode, "open" | "done">();
  const stack = [makerOf(output)];
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    if (state.get(node) !== undefined) {
      if (state.get(node) === "open") {
        state.set(node, "done");
        result.push(node);
      }
      stack.pop();
      continue;
    }
    state.set(node, "open");
    // The last one on the stack is visited first.
    for (const name of node.inputs.toReversed()) {
      if (name === "" || given.has(name)) continue;
      const maker = makerOf(name, node);
      if (state.get(maker) === "open") {
        throw new SyntaxError(
          `${placeOf(maker)} needs its own result: the graph has a cycle`,
        );
      }
      if (state.get(maker) === undefined) stack.push(maker);
    }
  }
  return result;
}
