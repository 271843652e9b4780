/**
 * The largest and smallest eigenvalues of a symmetric operator.
 *
 * @module
 */
import { Purpose, randomStream } from "../random/stream.ts";
import { checkCount } from "./check.ts";
import type { ProbeControl } from "./control.ts";
import type { Eigen } from "./dense.ts";
import { lanczos, type Tridiagonal, tridiagonalEigen } from "./lanczos.ts";
import type { SymmetricOperator } from "./operator.ts";
import { add, norm, normals } from "./vectors.ts";

/** Options of {@linkcode eigenpairs}. */
export interface EigenpairsOptions extends ProbeControl {
  /** How many of the largest. @default {5} */
  readonly largest?: number;
  /** How many of the smallest (most negative). @default {1} */
  readonly smallest?: number;
  /** The most products. @default {100} */
  readonly iterations?: number;
  /** Ends when no residual exceeds it. @default {1e-3} */
  readonly tolerance?: number;
  /** Of the start vector. @default {0} */
  readonly seed?: number;
  /**
   * A guess of the vector of the largest eigenvalue, such as that of a matrix near by;
   * a tenth of noise is mixed in, so that a larger eigenvalue is not overlooked.
   *
   * @default {none: noise alone}
   */
  readonly start?: Float64Array;
}

/** An eigenvalue, its vector, and how good they are. */
export interface Eigenpair {
  /** λ. */
  readonly value: number;
  /** v, of length 1. */
  readonly vector: Float64Array;
  /**
   * ‖A·v − λ·v‖/‖A‖, with the largest |λ| found as ‖A‖: some eigenvalue of A is no
   * further from λ than this times ‖A‖.
   */
  readonly residual: number;
}

/** The ends of a spectrum. */
export interface Eigenpairs {
  /** Descending. */
  readonly largest: readonly Eigenpair[];
  /** Ascending. */
  readonly smallest: readonly Eigenpair[];
  /** How many products were made. */
  readonly products: number;
  /** Whether all residuals are within the tolerance. */
  readonly converged: boolean;
}

/** Residuals of T's eigenvectors, relative to its largest eigenvalue. */
function residualsOf({ besides }: Tridiagonal, eigen: Eigen): number[] {
  const size = Math.max(
    Math.abs(eigen.values[0]!),
    Math.abs(eigen.values.at(-1)!),
  ) || 1;
  const left = besides.at(-1)!;
  return eigen.vectors.map((s) => Math.abs(left * s.at(-1)!) / size);
}

/**
 * The largest eigenvalues (not the largest in size) and the smallest ones, by
 * Lanczos's iteration with full reorthogonalisation.
 *
 * An eigenvalue that occurs several times is found once.
 *
 * @param operator A symmetric matrix, such as {@linkcode hessian} makes.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If the start has another size.
 *
 * @example A diagonal matrix
 * ```ts
 * import { eigenpairs } from "./eigenpairs.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const diagonal = [4, -3, 1, 0.5];
 * const { largest, smallest } = await eigenpairs({
 *   size: 4,
 *   apply: (v) => Promise.resolve(v.map((x, i) => diagonal[i]! * x)),
 * }, { largest: 2 });
 * const values = [...largest, ...smallest].map(({ value }) => value.toFixed(6));
 * deepStrictEqual(values, ["4.000000", "1.000000", "-3.000000"]);
 * ```
 *
 * Reference: C. Lanczos, J. Res. Nat. Bur. Stand. 45, 1950; B. Parlett, The Symmetric
 * Eigenvalue Problem, 1980, chapter 13, on residuals and reorthogonalisation.
 */
export async function eigenpairs(
  operator: SymmetricOperator,
  options: EigenpairsOptions = {},
): Promise<Eigenpairs> {
  const { iterations = 100, tolerance = 1e-3, seed = 0 } = options;
  checkCount("iterations", iterations);
  if (!(tolerance > 0)) {
    throw new RangeError(`tolerance must be > 0, got ${tolerance}`);
  }
  const wanted = { largest: 5, smallest: 1, ...options };
  for (const name of ["largest", "smallest"] as const) {
    checkCount(name, wanted[name], 0);
  }
  const top = Math.min(wanted.largest, operator.size);
  const bottom = Math.min(wanted.smallest, operator.size);
  const isGood = (found: Tridiagonal): boolean => {
    const n = found.diagonal.length;
    // A look costs n³, a little beside a product.
    if (n < 2 * (top + bottom) || n % 5 !== 0) return false;
    const residuals = residualsOf(found, tridiagonalEigen(found));
    const ends = [
      ...residuals.slice(0, bottom),
      ...residuals.slice(n - top),
    ];
    return ends.every((residual) => residual <= tolerance);
  };
  const start = normals(operator.size, randomStream(seed, Purpose.probes, 1));
  const guess = options.start;
  if (guess !== undefined && guess.length !== operator.size) {
    throw new TypeError(
      `start must have ${operator.size} numbers, got ${guess.length}`,
    );
  }
  if (guess !== undefined && norm(guess) > 0) {
    add(start, 10 * norm(start) / norm(guess), guess);
  }
  const found = await lanczos(operator, start, iterations, options, isGood);
  const eigen = tridiagonalEigen(found);
  const residuals = residualsOf(found, eigen);
  const pair = (i: number): Eigenpair => {
    const vector = new Float64Array(operator.size);
    found.basis.forEach((q, j) => add(vector, eigen.vectors[i]![j]!, q));
    return { value: eigen.values[i]!, vector, residual: residuals[i]! };
  };
  const n = eigen.values.length;
  const count = (wanted: number) => Math.min(wanted, n);
  const largest = Array.from(
    { length: count(top) },
    (_, i) => pair(n - 1 - i),
  );
  const smallest = Array.from({ length: count(bottom) }, (_, i) => pair(i));
  return {
    largest,
    smallest,
    products: n,
    converged: [...largest, ...smallest]
      .every(({ residual }) => residual <= tolerance),
  };
}
