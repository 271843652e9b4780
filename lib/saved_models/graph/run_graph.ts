/**
 * Computes graphs.
 *
 * @module
 */
import type { Tensor } from "../../runtime/tensor.ts";
import { type Graph, placeOf } from "./graph.ts";
import type { Dialect, Operation } from "./operation.ts";
import type { GraphParameters } from "./parameters.ts";
import { countNumbers } from "./limits.ts";
import { shapeOf, type Value, valueOf } from "./value.ts";

/**
 * Refuses operations that are not read.
 *
 * @throws {SyntaxError} If there is one; the message names it.
 */
export function checkOperations(graph: Graph, { operations }: Dialect): void {
  for (const node of graph.nodes) {
    if (!operations.has(node.op)) {
      throw new SyntaxError(`${placeOf(node)} is not one that is read`);
    }
  }
}

/** What a graph is computed with. */
export interface GraphInputs {
  /** Weights, in order, as they are kept. */
  readonly parameters: readonly Tensor[];
  /** The examples. */
  readonly input: Value;
}

/**
 * Computes the output of a graph. Whoever calls it disposes what is made on the way:
 * it should be within `tf.tidy`.
 *
 * @throws {SyntaxError} If an operation cannot be computed; the message names it.
 */
export function runGraph(
  graph: Graph,
  { operations }: Dialect,
  { places }: GraphParameters,
  { parameters, input }: GraphInputs,
): Value {
  const values = new Map<string, Value>([[graph.input, input]]);
  const find = (name: string): Value | undefined => {
    if (name === "") return undefined;
    const value = values.get(name);
    if (value !== undefined) return value;
    const place = places.get(name);
    const made = place
      ? valueOf(parameters[place.index]!, place.order)
      : { known: graph.constants.get(name)! };
    values.set(name, made);
    return made;
  };
  const [madeFor = null] = graph.inputShape;
  const [count = 1] = shapeOf(input);
  for (const node of graph.nodes) {
    try {
      const inputs = node.inputs.map(find);
      const compute: Operation = operations.get(node.op)!;
      const results = [
        compute({ node, inputs, x: inputs[0]!, madeFor, count }),
      ].flat() as Value[];
      node.outputs.forEach((name, i) => {
        if (name !== "" && results[i]) values.set(name, results[i]);
      });
      for (const result of results) countNumbers(shapeOf(result));
    } catch (error) {
      throw new SyntaxError(`${placeOf(node)}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  const output = find(graph.output);
  if (output === undefined) throw new SyntaxError("the output is missing");
  return output;
}
