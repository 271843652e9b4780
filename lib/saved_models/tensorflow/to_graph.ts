/**
 * TensorFlow's graphs as graphs that are computed.
 *
 * @module
 */
import { show } from "../../text/show.ts";
import { type Constant, type GraphNode, ordered } from "../graph/graph.ts";
import type { GraphFile } from "../graph/graph_model.ts";
import { tensorFlowDialect } from "./dialect.ts";
import { type FlatGraph, valueName } from "./inline.ts";
import type { RawNode } from "./raw_graph.ts";

/** How many values operations give that give several. */
const counts: Readonly<Record<string, string>> = {
  Split: "num_split",
  SplitV: "num_split",
  Unpack: "num",
};

/** The most values that an operation may give. */
const MOST_OUTPUTS = 10_000;

function outputsOf({ name, op, attributes }: RawNode): string[] {
  if (op === "TopKV2") return [name, valueName(name, 1)];
  const key = Object.hasOwn(counts, op) ? counts[op]! : undefined;
  const count = key === undefined ? 1 : Number(attributes.get(key));
  if (!(count >= 0 && count <= MOST_OUTPUTS)) {
    throw new SyntaxError(`operation ${show(name)} gives ${count} values`);
  }
  return Array.from({ length: count }, (_, i) => valueName(name, i));
}

/** What is known of a graph beside its operations. */
export interface GraphEnds {
  /** Constants, and the values of variables, by the names of their values. */
  readonly constants: ReadonlyMap<string, Constant>;
  /** The input's operation. */
  readonly input: string;
  /** The output's value. */
  readonly output: string;
}

/**
 * A graph between an input and an output.
 *
 * @throws {SyntaxError} If the input is no input, or the graph has a cycle.
 */
export function toGraph(
  { nodes }: FlatGraph,
  { constants, input, output }: GraphEnds,
): GraphFile {
  const given = {
    has: (name: string) => name === input || constants.has(name),
  };
  const inner = nodes.filter(({ name }) => !given.has(name)).map((
    node,
  ): GraphNode => ({ ...node, outputs: outputsOf(node) }));
  const start = nodes.find(({ name }) => name === input);
  if (start === undefined || !/^Placeholder/.test(start.op)) {
    throw new SyntaxError(`has no input ${show(input)}`);
  }
  const shape = start.attributes.get("shape");
  if (!Array.isArray(shape) || shape.length < 2) {
    throw new SyntaxError(
      `its input has the shape [${
        Array.isArray(shape) ? shape : ""
      }], expected [examples, …]`,
    );
  }
  const graph = {
    nodes: ordered(inner, given, output),
    constants,
    input,
    inputShape: shape.map((n) => Number(n) > 0 ? Number(n) : null),
    output,
  };
  return { graph, dialect: tensorFlowDialect, isChannelsFirst: false };
}
