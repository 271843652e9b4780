/**
 * First runs of graphs, which show whether they can be computed.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "../../models/network.ts";
import { Purpose, randomStream } from "../../random/stream.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import type { Graph } from "./graph.ts";

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
export function tryGraph(
  { inputShape }: Graph,
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
export function whyNoGradient(
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
