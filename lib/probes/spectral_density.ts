/**
 * The density of a symmetric operator's eigenvalues.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";
import { checkCount, checkPositive } from "./check.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import { lanczos, tridiagonalEigen } from "./lanczos.ts";
import type { SymmetricOperator } from "./operator.ts";
import { signs } from "./vectors.ts";

/** Options of {@linkcode spectralDensity}. */
export interface SpectralDensityOptions extends ProbeControl {
  /** How many random start vectors. @default {5} */
  readonly runs?: number;
  /** How many products each. @default {50} */
  readonly iterations?: number;
  /** Of the start vectors. @default {0} */
  readonly seed?: number;
}

/** Where eigenvalues are, and which share of them. */
export interface SpectralDensity {
  /** Estimated eigenvalues, those of each run ascending. */
  readonly nodes: Float64Array;
  /** The share of each; they add up to 1. */
  readonly weights: Float64Array;
  /** The number of products. */
  readonly products: number;
  /**
   * The density at eigenvalues x, smoothed by normal distributions of standard
   * deviation σ. Its integral is 1.
   *
   * @param sigma > 0. @default {a hundredth of the range of the nodes}
   */
  at(x: ArrayLike<number>, sigma?: number): Float64Array;
}

/**
 * The density of eigenvalues by stochastic Lanczos quadrature.
 *
 * From a start vector of random signs, T = Qᵀ·A·Q has eigenvalues θᵢ with unit
 * vectors sᵢ; the share of eigenvalues near θᵢ is the square of sᵢ's first number.
 * Runs are averaged. The moments are those of A: Σ θᵢ·weightᵢ ≈ tr A / size.
 *
 * @param operator A symmetric matrix.
 * @throws {RangeError} If an option is out of range.
 *
 * @example Two eigenvalues, a half each
 * ```ts
 * import { spectralDensity } from "./spectral_density.ts";
 * import { ok } from "node:assert";
 *
 * const { nodes, weights } = await spectralDensity({
 *   size: 4,
 *   apply: (v) => Promise.resolve(v.map((x, i) => i < 2 ? x : 5 * x)),
 * }, { runs: 1 });
 * ok(Math.abs(nodes[0]! - 1) < 1e-12 && Math.abs(nodes[1]! - 5) < 1e-12);
 * ok(weights.every((share) => Math.abs(share - 0.5) < 1e-12));
 * ```
 *
 * Reference: B. Ghorbani, S. Krishnan, Y. Xiao, 2019, arXiv 1901.10159,
 * section 2.1.
 */
export async function spectralDensity(
  operator: SymmetricOperator,
  options: SpectralDensityOptions = {},
): Promise<SpectralDensity> {
  const { runs = 5, iterations = 50, seed = 0 } = options;
  checkCount("runs", runs);
  checkCount("iterations", iterations);
  const nodes: number[] = [], weights: number[] = [];
  let products = 0;
  await repeat(runs, "spectral density", options, async (run) => {
    const random = randomStream(seed, Purpose.probes, 5, run);
    const start = signs(operator.size, random);
    const found = await lanczos(operator, start, iterations, quietly(options));
    const { values, vectors } = tridiagonalEigen(found);
    products += values.length;
    values.forEach((value, i) => {
      nodes.push(value);
      weights.push(vectors[i]![0]! ** 2 / runs);
    });
  });
  const range = Math.max(...nodes) - Math.min(...nodes);
  return {
    nodes: Float64Array.from(nodes),
    weights: Float64Array.from(weights),
    products,
    at(x, sigma = range / 100 || 1) {
      checkPositive("sigma", sigma);
      const factor = 1 / (sigma * Math.sqrt(2 * Math.PI));
      return Float64Array.from(x, (value) => {
        let sum = 0;
        nodes.forEach((node, i) => {
          sum += weights[i]! * factor *
            Math.exp(-0.5 * ((value - node) / sigma) ** 2);
        });
        return sum;
      });
    },
  };
}
