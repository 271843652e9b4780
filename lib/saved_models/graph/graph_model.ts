/**
 * Graphs as saved models.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { show } from "../../text/show.ts";
import { objectiveOfFunction } from "../../training/function_objective.ts";
import { initialValues } from "../../training/objective.ts";
import type { ModelSource, SavedModel } from "../saved_model.ts";
import { type Graph, placeOf } from "./graph.ts";
import { sizeOf, withinLimits } from "./limits.ts";
import type { Dialect } from "./operation.ts";
import { findParameters, type GraphParameters } from "./parameters.ts";
import { checkOperations, runGraph } from "./run_graph.ts";
import { tryGraph, whyNoGradient } from "./try_graph.ts";
import { imageOrder, tensorOf, type Value, valueOf } from "./value.ts";

/** What is known of a graph beside itself. */
export interface GraphFile {
  /** The graph. */
  readonly graph: Graph;
  /** What its operations do. */
  readonly dialect: Dialect;
  /** Whether examples are images with channels first, which Slope keeps last. */
  readonly isChannelsFirst: boolean;
}

/** Whether examples have the axes of a graph whose channels are first, and only those. */
function areChannelsFirst(
  { inputShape: [, ...own] }: Graph,
  shape: readonly number[],
): boolean {
  const [channels = null, ...sizes] = own;
  const fits = (sizes: readonly (number | null)[]) =>
    sizes.length === shape.length &&
    sizes.every((size, axis) => size === null || size === shape[axis]);
  return fits(own) && !fits([...sizes, channels]);
}

/** The shape of one example, as data have it. */
function exampleShape(
  { graph: { inputShape }, isChannelsFirst }: Omit<GraphFile, "dialect">,
  open: readonly number[] | undefined,
): number[] {
  const [, ...own] = inputShape;
  if (isChannelsFirst) own.push(...own.splice(0, 1));
  return own.map((size, axis) => {
    const found = size ?? (open?.length === own.length ? open[axis] : null);
    if (found !== null && found !== undefined) return found;
    throw new SyntaxError(
      `leaves the sizes [${own.map((n) => n ?? "?")}] of an example open`,
    );
  });
}

/** The activation at the end, which tells what outputs are. */
function lastActivation({ nodes, output }: Graph): string | undefined {
  const makers = new Map(
    nodes.flatMap((node) => node.outputs.map((name) => [name, node])),
  );
  let node = makers.get(output);
  for (let i = 0; node && /^(Identity|Cast)$/.test(node.op) && i < 100; i++) {
    node = makers.get(node.inputs[0] ?? "");
  }
  const names: Record<string, string> = {
    Softmax: "softmax",
    Sigmoid: "sigmoid",
  };
  return node && Object.hasOwn(names, node.op) ? names[node.op] : undefined;
}

/** Refuses graphs whose end is not float. */
function checkEnd({ nodes }: Graph): void {
  const last = nodes.at(-1);
  if (last?.op === "ArgMax") {
    throw new SyntaxError(
      `${placeOf(last)} is the end: outputs must be scores, not classes`,
    );
  }
}

/**
 * A graph as a saved model.
 *
 * @param file The graph.
 * @param source Where it was read from.
 * @param open The shape of examples: tells sizes that the file leaves open, and whether
 * channels are first in both.
 * @throws {SyntaxError} If it holds what is not read.
 */
export function ofGraph(
  file: GraphFile,
  source: ModelSource,
  open?: readonly number[],
): SavedModel {
  const { graph, dialect } = file;
  checkEnd(graph);
  checkOperations(graph, dialect);
  const isChannelsFirst = file.isChannelsFirst &&
    !(open && areChannelsFirst(graph, open));
  const inputShape = exampleShape({ graph, isChannelsFirst }, open);
  const found: GraphParameters = findParameters(graph, dialect);
  const { specs } = found;
  const given = (inputs: Tensor): Value =>
    valueOf(inputs, isChannelsFirst ? imageOrder : undefined);
  const outputs = (
    parameters: readonly Tensor[],
    inputs: Tensor,
  ) => {
    const input = given(inputs);
    return tensorOf(runGraph(graph, dialect, found, { parameters, input }));
  };
  const tensors = initialValues({ parameters: specs } as never, 0).map(
    (values, i) => tf.keep(tf.tensor(values, [...specs[i]!.shape])),
  );
  let weights = 0;
  for (const { values } of graph.constants.values()) weights += values.length;
  const limited = <T>(work: () => T) =>
    withinLimits(weights, sizeOf(inputShape), work);
  let outputShape: number[];
  let withoutGradient: string | undefined;
  try {
    outputShape = tryGraph(
      graph,
      inputShape,
      (x) => limited(() => outputs(tensors, x)),
    );
    withoutGradient = whyNoGradient(
      specs,
      tensors,
      inputShape,
      (...given) => limited(() => outputs(...given)),
    );
  } catch (error) {
    tf.dispose(tensors);
    throw error;
  }
  const activation = lastActivation(graph);
  const spec = { format: source.format, sha256: source.sha256 };
  return {
    ...source,
    inputShape,
    outputShape,
    parameters: specs,
    isGraph: true,
    ...activation ? { lastActivation: activation } : {},
    ...withoutGradient ? { withoutGradient } : {},
    predict: (inputs) => tf.tidy(() => tf.clone(outputs(tensors, inputs))),
    objective: (loss) =>
      objectiveOfFunction({ spec, parameters: specs, outputs }, loss),
    dispose: () => tf.dispose(tensors),
  };
}

/** Refuses a model of several ends. */
export function onlyOne(names: readonly string[], what: string): string {
  const [name] = names;
  if (names.length === 1 && name !== undefined) return name;
  throw new SyntaxError(
    `the model must have one ${what}, got ${names.length}${
      names.length > 1 ? `: ${names.slice(0, 5).map(show).join(", ")}` : ""
    }`,
  );
}
