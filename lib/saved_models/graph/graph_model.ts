/**
 * Graphs as saved models.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "../../models/network.ts";
import { Purpose, randomStream } from "../../random/stream.ts";
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

/** The shape of one example, as data have it. */
function exampleShape(
  { graph: { inputShape }, isChannelsFirst }: GraphFile,
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

/** The largest difference, relative to the largest number. */
function difference(a: Tensor, b: Tensor): number {
  if (`${a.shape}` !== `${b.shape}`) return Infinity;
  const [x, y] = [a.dataSync(), b.dataSync()];
  let largest = 0, size = 1e-6;
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]!) && !Number.isFinite(y[i]!)) continue;
    largest = Math.max(largest, Math.abs(x[i]! - y[i]!));
    size = Math.max(size, Math.abs(x[i]!));
  }
  return largest / size;
}

/** From which difference on two results are not the same. */
const SAME = 1e-3;

/**
 * Computes examples together and alone.
 *
 * @returns The shape of one output.
 * @throws {SyntaxError} If the graph cannot be computed, or mixes examples.
 */
function tryGraph(
  { graph: { inputShape } }: GraphFile,
  shape: readonly number[],
  run: (inputs: Tensor) => Tensor,
): number[] {
  const random = randomStream(0, Purpose.probes, 62);
  const size = 2 * shape.reduce((product, n) => product * n, 1);
  const values = Float32Array.from({ length: size }, () => random.uniform());
  return tf.tidy(() => {
    const both = tf.tensor(values, [2, ...shape]);
    const alone = [0, 1].map((i) => run(tf.slice(both, i, 1)));
    const [first] = alone as [Tensor, Tensor];
    if (first.rank < 2 || first.shape[0] !== 1) {
      throw new SyntaxError(
        `gives [${first.shape}] for one example, expected [1, …]`,
      );
    }
    let isSame = false;
    try {
      isSame = difference(run(both), tf.concat(alone)) < SAME;
    } catch (error) {
      if (inputShape[0] === null) throw error;
    }
    if (!isSame) {
      throw new SyntaxError(
        inputShape[0] === null
          ? "gives other outputs for two examples together than for each alone"
          : `computes ${inputShape[0]} at a time only: save it for any number`,
      );
    }
    return first.shape.slice(1);
  });
}

/**
 * Why a graph has no gradient by its weights; undefined if it has.
 *
 * @param run The outputs for weights and one example.
 */
function whyNoGradient(
  specs: readonly ParameterSpec[],
  tensors: readonly Tensor[],
  shape: readonly number[],
  run: (parameters: readonly Tensor[], inputs: Tensor) => Tensor,
): string | undefined {
  const isTrained = specs.map(({ role }) => role !== "statistic");
  const trained = tensors.filter((_, i) => isTrained[i]);
  if (trained.length === 0) return "no weights were found in the graph";
  const engine = tf.engine();
  const { keep } = engine;
  const kept: Tensor[] = [];
  // What is kept for a gradient is not freed if the gradient fails.
  engine.keep = (tensor) => {
    kept.push(tensor);
    return keep.call(engine, tensor) as typeof tensor;
  };
  try {
    tf.tidy(() => {
      const inputs = tf.fill([1, ...shape], 0.5);
      tf.grads((...values: Tensor[]) => {
        let at = 0;
        const all = tensors.map((own, i) => isTrained[i] ? values[at++]! : own);
        return tf.sum(run(all, inputs)) as tf.Scalar;
      })(trained);
    });
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    const [, kernel] = /gradient function not found for (\w+)/.exec(message) ??
      [];
    return kernel === undefined
      ? `the model has no gradient: ${message}`
      : `TensorFlow.js has no gradient of ${kernel}, which the model computes`;
  } finally {
    engine.keep = keep;
    tf.dispose(kept);
  }
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
 * @param open Sizes of an example, for those that the file leaves open.
 * @throws {SyntaxError} If it holds what is not read.
 */
export function ofGraph(
  file: GraphFile,
  source: ModelSource,
  open?: readonly number[],
): SavedModel {
  const { graph, dialect, isChannelsFirst } = file;
  checkEnd(graph);
  checkOperations(graph, dialect);
  const inputShape = exampleShape(file, open);
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
      file,
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
