/**
 * The loss between examples and their neighbours.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { ResidentSplit } from "../training/resident_data.ts";
import { checkCount } from "./check.ts";
import { type ProbeControl, quietly } from "./control.ts";
import { checkApart } from "./input_gradient.ts";
import { type InputLines, inputLines } from "./input_lines.ts";
import { nearestNeighbours } from "./nearest_neighbours.ts";
import type { ProbeOptions } from "./problem.ts";

/** Options of {@linkcode neighbourPaths}. */
export interface NeighbourPathsOptions extends ProbeControl {
  /** What the paths lead to, such as the validation set; the caller keeps it. */
  readonly towards: ResidentSplit;
  /** The places α on the paths; 1 is the neighbour. */
  readonly alphas: readonly number[];
  /** Among how many nearest the neighbour is drawn. @default {10} */
  readonly neighbours?: number;
  /** Whether neighbours are of the example's own class. @default {false} */
  readonly sameClass?: boolean;
  /** How many draws; a line each. @default {10} */
  readonly draws?: number;
  /** Of the draws. @default {0} */
  readonly seed?: number;
}

/** Lines to neighbours. */
export interface NeighbourPaths extends InputLines {
  /** The share of neighbours that have the example's label. */
  readonly labelAgreement: number;
}

/** The nearest neighbours of each example, of its own class alone if so asked. */
async function neighboursOf(
  { data }: ProbeOptions,
  { towards, neighbours = 10, sameClass = false, ...control }:
    NeighbourPathsOptions,
): Promise<{ nearest: Int32Array; agreement: number; targets: Float32Array }> {
  const values = async (tensor: Tensor) => await tensor.data() as Float32Array;
  const [queries, points, own, other] = await Promise.all(
    [data.inputs, towards.inputs, data.labels, towards.labels].map(values),
  );
  const size = queries!.length / data.count;
  const nearest = new Int32Array(data.count * neighbours);
  const groups = sameClass ? [...new Set(own)] : [undefined];
  const rows = (from: Float32Array, indices: readonly number[]) => {
    const result = new Float32Array(indices.length * size);
    indices.forEach((index, i) =>
      result.set(from.subarray(index * size, (index + 1) * size), i * size)
    );
    return result;
  };
  for (const label of groups) {
    const within = (labels: Float32Array) =>
      Array.from(labels, (_, i) => i)
        .filter((i) => label === undefined || labels[i] === label);
    const from = within(own!), to = within(other!);
    const found = await nearestNeighbours(
      rows(queries!, from),
      rows(points!, to),
      size,
      { count: neighbours, ...quietly(control) },
    );
    from.forEach((example, i) => {
      for (let k = 0; k < neighbours; k++) {
        nearest[example * neighbours + k] = to[found[i * neighbours + k]!]!;
      }
    });
  }
  const agreeing = nearest.reduce(
    (sum, point, i) =>
      sum +
      (other![point] === own![Math.floor(i / neighbours)] ? 1 : 0),
    0,
  );
  return { nearest, agreement: agreeing / nearest.length, targets: points! };
}

/**
 * The mean loss on the way from each example to one of its nearest neighbours in other
 * data: L(α) = mean ℓ(x + α·(x' − x); y), with the example's own label y. Each draw
 * takes one neighbour an example, all equally likely.
 *
 * @throws {RangeError} If an option is out of range, there are too few neighbours, or
 * statistics are the batch's.
 *
 * @example ½ (x − 0)² from 0 to its nearest neighbour, 2 rather than 5
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { neighbourPaths } from "./neighbour_paths.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[0]]), labels: tf.tensor1d([0]) };
 * const towards = {
 *   count: 2,
 *   inputs: tf.tensor2d([[5], [2]]),
 *   labels: tf.tensor1d([0, 1]),
 * };
 * const { lines, labelAgreement } = await neighbourPaths(
 *   { objective, data, weights: [[1], [0]] },
 *   { alphas: [0, 0.5, 1], towards, neighbours: 1, draws: 1 },
 * );
 * deepStrictEqual([...lines[0]!.loss], [0, 0.5, 2]);
 * deepStrictEqual(labelAgreement, 0);
 * tf.dispose([data.inputs, data.labels, towards.inputs, towards.labels]);
 * ```
 *
 * Reference: S. Seong et al., section 6.2, figure 3c, which does not say whether
 * neighbours are of the same class.
 */
export async function neighbourPaths(
  options: ProbeOptions,
  paths: NeighbourPathsOptions,
): Promise<NeighbourPaths> {
  const { alphas, neighbours = 10, draws = 10, seed = 0 } = paths;
  checkApart(options);
  checkCount("neighbours", neighbours);
  const { nearest, agreement, targets } = await neighboursOf(options, paths);
  const inputs = await options.data.inputs.data() as Float32Array;
  const found = await inputLines(options, alphas, draws, (draw) => {
    const random = randomStream(seed, Purpose.probes, 2 ** 25 + draw);
    return (example, to) => { // in order, once each
      const chosen =
        nearest[example * neighbours + random.integer(neighbours)]!;
      const size = to.length;
      for (let k = 0; k < size; k++) {
        to[k] = targets[chosen * size + k]! - inputs[example * size + k]!;
      }
    };
  }, { signal: paths.signal, onProgress: paths.onProgress });
  return { ...found, labelAgreement: agreement };
}
