import { checkInteger } from "../../text/check_integer.ts";
import {
  Purpose,
  type RandomStream,
  randomStream,
} from "../../random/stream.ts";
import type { Dataset, Split } from "../dataset.ts";
import { displayed } from "../displayed.ts";
import { type GeneratedOptions, GeneratedStream } from "./generate_images.ts";

/** The number of features d of the noisy plane. */
export const NOISY_PLANE_FEATURES = 13;

/** The standard deviation σ of the noise on the targets. */
const NOISE = 0.5;

/** What is known of the noisy plane beforehand, whatever seed and sizes. */
export interface NoisyPlaneSolution {
  /** The coefficients w of the least-squares fit to the training examples. */
  coefficients: number[];
  /** The intercept b of that fit. */
  intercept: number;
  /** The mean squared error of that fit on the training examples, σ². */
  meanSquaredError: number;
  /**
   * The eigenvalues λ of the features' covariance on the training examples, in
   * descending order. The mean squared error has the Hessian 2·covariance in w.
   */
  eigenvalues: number[];
}

/**
 * The least-squares solution of {@linkcode noisyPlane}, in closed form.
 *
 * With j = 0 … 12:
 *
 * ```math
 * w_j = (-1)^j \frac{j + 1}{13} \qquad b = 5 \qquad \sigma^2 = 0.25
 * \qquad \lambda_j = 100^{-j/12}
 * ```
 *
 * So the condition number of the covariance is 100.
 *
 * @example
 * ```ts
 * import { NOISY_PLANE_SOLUTION } from "./noisy_plane.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(NOISY_PLANE_SOLUTION.meanSquaredError, 0.25);
 * strictEqual(NOISY_PLANE_SOLUTION.coefficients[12], 1);
 * ```
 */
export const NOISY_PLANE_SOLUTION: Readonly<NoisyPlaneSolution> = {
  coefficients: features((j) => (j % 2 === 0 ? 1 : -1) * (j + 1) / 13),
  intercept: 5,
  meanSquaredError: NOISE ** 2,
  eigenvalues: features((j) => 100 ** (-j / 12)),
};

/**
 * Generates the noisy plane: a regression of 13 correlated features whose
 * least-squares solution is known, without any file.
 *
 * The targets are y = b + w·x + r. On the training examples the features x have
 * mean 0 and exactly the covariance Q·diag(λ)·Qᵀ, Q the orthonormal matrix of
 * the discrete cosine transform, and the noise r has mean square σ² and is
 * orthogonal to the constant and to every feature: so w and b are the
 * least-squares solution itself, not an estimate of it, up to float32. The test
 * examples have the same covariance and noise in expectation.
 *
 * @param options Seed and number of examples: by default 400 to train on, 100
 * to test on; at least 15 to train on.
 * @returns The data set; its arrays belong to the caller.
 * @throws {RangeError} If a number of examples or the seed is out of range.
 *
 * @example The mean squared error of the known solution is the known one
 * ```ts
 * import { noisyPlane, NOISY_PLANE_SOLUTION } from "./noisy_plane.ts";
 * import { ok } from "node:assert";
 *
 * const { coefficients, intercept, meanSquaredError } = NOISY_PLANE_SOLUTION;
 * const { count, inputs, labels } = noisyPlane().train;
 * let sum = 0;
 * for (let i = 0; i < count; i++) {
 *   const plane = coefficients.reduce((y, w, j) => y + w * inputs[i * 13 + j]!, intercept);
 *   sum += (labels[i]! - plane) ** 2;
 * }
 * ok(Math.abs(sum / count - meanSquaredError) < 1e-6);
 * ```
 */
export function noisyPlane(options: GeneratedOptions = {}): Dataset {
  const { seed = 0, train = 400, test = 100 } = options;
  checkInteger("train", train, NOISY_PLANE_FEATURES + 2);
  checkInteger("test", test, 1);
  const stream = (split: number) =>
    randomStream(seed, Purpose.generatedData, split);
  return displayed({
    name: "noisy-plane",
    kind: "regression",
    shape: [NOISY_PLANE_FEATURES],
    classes: 0,
    classNames: [],
    train: onPlane(whiteColumns(
      train,
      stream(GeneratedStream.noisyPlaneTrain),
    )),
    test: onPlane(normalColumns(test, stream(GeneratedStream.noisyPlaneTest))),
    source: "generated",
  });
}

/** d + 1 columns of standard normal numbers: the features' and the noise's. */
function normalColumns(count: number, stream: RandomStream): Float64Array[] {
  return Array.from(
    { length: NOISY_PLANE_FEATURES + 1 },
    () => Float64Array.from({ length: count }, () => stream.normal()),
  );
}

/**
 * Such columns, made orthogonal to the constant and to each other, and of mean
 * square 1 (Gram–Schmidt, twice over, which leaves only rounding errors).
 */
function whiteColumns(count: number, stream: RandomStream): Float64Array[] {
  const done = [new Float64Array(count).fill(1)];
  for (const column of normalColumns(count, stream)) {
    for (const other of [...done, ...done]) {
      const share = dot(column, other) / count;
      column.forEach((value, i) => column[i] = value - share * other[i]!);
    }
    const scale = Math.sqrt(count / dot(column, column));
    done.push(column.map((value) => scale * value));
  }
  return done.slice(1);
}

/** Examples from white columns: x = Q·diag(√λ)·z, y = b + w·x + σ·noise. */
function onPlane(columns: Float64Array[]): Split {
  const d = NOISY_PLANE_FEATURES;
  const { coefficients, intercept, eigenvalues } = NOISY_PLANE_SOLUTION;
  const count = columns[0]!.length;
  const inputs = new Float32Array(count * d);
  const labels = new Float32Array(count);
  const mixing = features((j) =>
    features((k) => cosineTransform(j, k) * Math.sqrt(eigenvalues[k]!))
  );
  for (let i = 0; i < count; i++) {
    let target = intercept + NOISE * columns[d]![i]!;
    for (let j = 0; j < d; j++) {
      let x = 0;
      for (let k = 0; k < d; k++) x += mixing[j]![k]! * columns[k]![i]!;
      inputs[i * d + j] = x;
      target += coefficients[j]! * x;
    }
    labels[i] = target;
  }
  return { count, inputs, labels };
}

/** An entry of the orthonormal matrix of the discrete cosine transform. */
function cosineTransform(j: number, k: number): number {
  const d = NOISY_PLANE_FEATURES;
  return k === 0
    ? Math.sqrt(1 / d)
    : Math.sqrt(2 / d) * Math.cos(Math.PI * (2 * j + 1) * k / (2 * d));
}

function features<T>(f: (j: number) => T): T[] {
  return Array.from({ length: NOISY_PLANE_FEATURES }, (_, j) => f(j));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
