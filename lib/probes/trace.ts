/**
 * Trace and Frobenius norm of a symmetric operator, from random vectors.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";
import { checkCount } from "./check.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import type { SymmetricOperator } from "./operator.ts";
import { add, dot, norm, scaled, signs } from "./vectors.ts";

/** A number with its standard error. */
export interface Estimate {
  /** The mean over random vectors. */
  readonly value: number;
  /** The standard error of the mean. */
  readonly standardError: number;
}

/** Options of {@linkcode hutchinson} and {@linkcode hutchPlusPlus}. */
export interface TraceOptions extends ProbeControl {
  /** How many products are made. @default {32, or 33 for Hutch++} */
  readonly products?: number;
  /** Of the random vectors. @default {0} */
  readonly seed?: number;
}

/** Mean and standard error of independent values; of one value the error is NaN. */
export function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  const value = values.reduce((sum, x) => sum + x, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x - value) ** 2, 0);
  return { value, standardError: Math.sqrt(squares / (n - 1) / n) };
}

/**
 * Trace and Frobenius norm by Hutchinson's estimator: tr A ≈ mean zᵀ·A·z and
 * ‖A‖_F² ≈ mean ‖A·z‖², over vectors z of random signs.
 *
 * The variance of a term of the trace is 2(‖A‖_F² − Σ Aᵢᵢ²): none for a diagonal
 * matrix. The error of ‖A‖_F is that of its square, carried over to first order.
 *
 * @param operator A symmetric matrix.
 * @throws {RangeError} If there are fewer than 2 products.
 *
 * @example A diagonal matrix: exact
 * ```ts
 * import { hutchinson } from "./trace.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const { trace, frobeniusNorm } = await hutchinson({
 *   size: 2,
 *   apply: (v) => Promise.resolve(Float64Array.of(3 * v[0]!, 4 * v[1]!)),
 * });
 * deepStrictEqual(trace, { value: 7, standardError: 0 });
 * strictEqual(frobeniusNorm.value, 5);
 * ```
 *
 * Reference: M. F. Hutchinson, 1990, "A stochastic estimator of the trace of the
 * influence matrix".
 */
export async function hutchinson(
  operator: SymmetricOperator,
  options: TraceOptions = {},
): Promise<{ trace: Estimate; frobeniusNorm: Estimate }> {
  const { products = 32, seed = 0 } = options;
  checkCount("products", products, 2);
  const traces: number[] = [], squares: number[] = [];
  await repeat(products, "trace", options, async (i) => {
    const z = signs(operator.size, randomStream(seed, Purpose.probes, 2, i));
    const product = await operator.apply(z, quietly(options));
    traces.push(dot(z, product));
    squares.push(dot(product, product));
  });
  const square = estimate(squares);
  const value = Math.sqrt(square.value);
  return {
    trace: estimate(traces),
    frobeniusNorm: {
      value,
      standardError: value === 0 ? 0 : square.standardError / (2 * value),
    },
  };
}

/** Makes vectors orthonormal, leaving out those that depend on others. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (let pass = 0; pass < 2; pass++) {
      for (const q of basis) add(rest, -dot(rest, q), q);
    }
    const left = norm(rest);
    if (left > 1e-10 * norm(vector)) basis.push(scaled(rest, 1 / left));
  }
  return basis;
}

/**
 * The trace by Hutch++: exact on the span Q of A·S, S random, and Hutchinson's on
 * what is left:
 *
 * tr A ≈ tr(Qᵀ·A·Q) + mean zᵀ(I − QQᵀ)·A·(I − QQᵀ)z.
 *
 * A third of the products each makes Q, the first term, and the second, whose
 * standard error is that of the whole. Better than Hutchinson's where a few large
 * eigenvalues dominate, as those of a Hessian do. It keeps a third as many vectors
 * as there are products.
 *
 * @param operator A symmetric matrix.
 * @throws {RangeError} If there are fewer than 6 products.
 *
 * @example Exact where the rank is at most a third of the products
 * ```ts
 * import { hutchPlusPlus } from "./trace.ts";
 * import { ok } from "node:assert";
 *
 * const { value } = await hutchPlusPlus({
 *   size: 9,
 *   apply: (v) => Promise.resolve(v.map((x, i) => i < 2 ? 5 * x : 0)),
 * }, { products: 9 });
 * ok(Math.abs(value - 10) < 1e-9);
 * ```
 *
 * Reference: R. A. Meyer, C. Musco, C. Musco, D. P. Woodruff, 2020,
 * arXiv 2010.09649, algorithm 1.
 */
export async function hutchPlusPlus(
  operator: SymmetricOperator,
  options: TraceOptions = {},
): Promise<Estimate> {
  const { products = 33, seed = 0 } = options;
  checkCount("products", products, 6);
  const third = Math.floor(products / 3);
  const vector = (kind: number, i: number) =>
    signs(operator.size, randomStream(seed, Purpose.probes, kind, i));
  const apply = (v: Float64Array) => operator.apply(v, quietly(options));
  const images: Float64Array[] = [];
  let basis: Float64Array[] = [];
  let exact = 0;
  const rest: number[] = [];
  await repeat(3 * third, "trace", options, async (i) => {
    const own = i % third;
    if (i < third) {
      images.push(await apply(vector(3, own)));
      return;
    }
    if (i === third) basis = orthonormal(images);
    if (i < 2 * third) {
      const q = basis[own];
      if (q !== undefined) exact += dot(q, await apply(q));
      return;
    }
    const z = vector(4, own);
    for (const q of basis) add(z, -dot(z, q), q);
    rest.push(dot(z, await apply(z)));
  });
  const { value, standardError } = estimate(rest);
  return { value: exact + value, standardError };
}
