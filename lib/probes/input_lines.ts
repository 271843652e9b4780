/**
 * The loss along lines in the space of inputs.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { Purpose, randomStream } from "../random/stream.ts";
import { compile } from "../runtime/compile.ts";
import type { Tensor, Tensor1D } from "../runtime/tensor.ts";
import type { ResidentSplit } from "../training/resident_data.ts";
import { checkCount } from "./check.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import { checkApart } from "./input_gradient.ts";
import { nearestNeighbours } from "./nearest_neighbours.ts";
import {
  parametersIn,
  type ProbeOptions,
  problem,
  vectorTensor,
} from "./problem.ts";
import { norm, normals } from "./vectors.ts";

/** Means over all examples along a line, of one draw of the lines. */
export interface InputLine {
  /** The mean loss at each α. */
  readonly loss: readonly number[];
  /** The mean error at each α. */
  readonly error: readonly number[];
}

/** Lines from several draws. */
export interface InputLines {
  /** The places on the lines; 0 is the input itself. */
  readonly alphas: readonly number[];
  /** One a draw. */
  readonly lines: readonly InputLine[];
  /** The means of the lines. */
  readonly mean: InputLine;
}

/** Writes the direction of an example's line. */
type Directions = (example: number, to: Float32Array) => void;

function meanOf(lines: readonly InputLine[]): InputLine {
  const over = (key: keyof InputLine) =>
    lines[0]![key].map((_, k) =>
      lines.reduce((sum, line) => sum + line[key][k]!, 0) / lines.length
    );
  return { loss: over("loss"), error: over("error") };
}

/** Losses along x + α·d for the directions of each draw. */
async function along(
  options: ProbeOptions,
  alphas: readonly number[],
  draws: number,
  directionsOf: (draw: number) => Directions,
  control: ProbeControl,
): Promise<InputLines> {
  checkApart(options);
  checkCount("draws", draws);
  if (alphas.length === 0 || !alphas.every(Number.isFinite)) {
    throw new RangeError("alphas must be one or more finite numbers");
  }
  const { objective, layout, data, weights, precision, batchSize } = problem(
    options,
  );
  const shape = data.inputs.shape.slice(1);
  const size = shape.reduce((product, n) => product * n, 1);
  /** `[alphas, 2, batch]`. */
  const compiled = compile(
    (
      { inputs, labels }: { inputs: Tensor; labels: Tensor },
      point: Tensor,
      directions: Tensor,
      steps: Tensor1D,
    ) => {
      const parameters = parametersIn(layout, point);
      return tf.stack(alphas.map((_, k) => {
        const step = tf.reshape(tf.slice(steps, [k], [1]), []);
        const moved = tf.add(inputs, tf.mul(step, directions));
        const batch = { inputs: moved, labels };
        const { losses, errors } = objective.evaluate(parameters, batch);
        return tf.stack([losses, errors]);
      }));
    },
    { precision },
  );
  const point = vectorTensor(weights, precision);
  const steps = vectorTensor(Float64Array.from(alphas), precision) as Tensor1D;
  const batches = Math.ceil(data.count / batchSize);
  const lines: { loss: number[]; error: number[] }[] = [];
  let directions: Directions | undefined;
  try {
    await repeat(draws * batches, "inputs", control, (i) => {
      const batch = i % batches;
      if (batch === 0) {
        directions = directionsOf(lines.length);
        const zeros = () => alphas.map(() => 0);
        lines.push({ loss: zeros(), error: zeros() });
      }
      const line = lines.at(-1)!;
      const start = batch * batchSize;
      const length = Math.min(batchSize, data.count - start);
      const values = new Float32Array(length * size);
      for (let e = 0; e < length; e++) {
        directions!(start + e, values.subarray(e * size, (e + 1) * size));
      }
      const found = tf.tidy(() =>
        compiled(
          {
            inputs: tf.slice(data.inputs, start, length),
            labels: tf.slice(data.labels, start, length),
          },
          point,
          tf.tensor(values, [length, ...shape]),
          steps,
        ).dataSync()
      );
      alphas.forEach((_, k) => {
        for (let e = 0; e < length; e++) {
          const at = 2 * k * length + e;
          line.loss[k] = line.loss[k]! + found[at]! / data.count;
          line.error[k] = line.error[k]! + found[at + length]! / data.count;
        }
      });
    });
  } finally {
    tf.dispose([point, steps]);
    compiled.dispose();
  }
  return { alphas, lines, mean: meanOf(lines) };
}

/** Options of {@linkcode inputNoise}. */
export interface InputNoiseOptions extends ProbeControl {
  /** The lengths α of the noise, in units of the prepared inputs. */
  readonly alphas: readonly number[];
  /** How many draws; a line each. @default {10} */
  readonly draws?: number;
  /** Whether all examples of a draw get the same noise. @default {false} */
  readonly shared?: boolean;
  /** Of the noise. @default {0} */
  readonly seed?: number;
}

/**
 * The mean loss under noise on the inputs: L(α) = mean ℓ(x + α·n), n normal, of length 1
 * over all of an example's numbers. Inputs are not put back into a range.
 *
 * @throws {RangeError} If an option is out of range, or statistics are the batch's.
 *
 * @example ½ (x − 1)² at x = 1, noise of length 2
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { inputNoise } from "./input_lines.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[1]]), labels: tf.tensor1d([1]) };
 * const options = { objective, data, weights: [[1], [0]] };
 * const { mean } = await inputNoise(options, { alphas: [0, 2] });
 * deepStrictEqual(mean.loss, [0, 2]);
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: H.-S. Seong et al., section 6.2, figure 3b, which does not say whether
 * examples share the noise.
 */
export function inputNoise(
  options: ProbeOptions,
  { alphas, draws = 10, shared = false, seed = 0, ...control }:
    InputNoiseOptions,
): Promise<InputLines> {
  return along(options, alphas, draws, (draw) => (example, to) => {
    const path = shared ? 0 : 1 + example;
    const random = randomStream(seed, Purpose.probes, 2 ** 24 + draw, path);
    const noise = normals(to.length, random);
    const length = norm(noise);
    to.set(noise.map((x) => x / length));
  }, control);
}

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
 * Reference: H.-S. Seong et al., section 6.2, figure 3c, which does not say whether
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
  const found = await along(options, alphas, draws, (draw) => {
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
