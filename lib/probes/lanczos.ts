/**
 * Lanczos's iteration.
 *
 * @module
 */
import { type ProbeControl, quietly, repeat } from "./control.ts";
import { type Eigen, symmetricEigen } from "./dense.ts";
import type { SymmetricOperator } from "./operator.ts";
import { add, dot, norm, scaled } from "./vectors.ts";

/** An orthonormal basis Q in which A is tridiagonal: Qᵀ·A·Q = T. */
export interface Tridiagonal {
  /** The basis, one unit vector a column of Q. */
  readonly basis: readonly Float64Array[];
  /** The diagonal of T. */
  readonly diagonal: readonly number[];
  /** Beside the diagonal; the last one is the norm of what is left. */
  readonly besides: readonly number[];
}

/**
 * Lanczos's iteration from a start vector, orthogonalised twice against all before
 * it, so that no eigenvalue appears twice for rounding.
 *
 * It ends early where the vectors span an invariant subspace.
 *
 * @param iterations The most products, an integer > 0.
 * @param isDone Asked after each product; true ends it.
 *
 * Reference: C. Lanczos, 1950; G. Golub, C. Van Loan, "Matrix computations",
 * section 10.3.
 */
export async function lanczos(
  operator: SymmetricOperator,
  start: Float64Array,
  iterations: number,
  control: ProbeControl = {},
  isDone: (soFar: Tridiagonal) => boolean = () => false,
): Promise<Tridiagonal> {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [], besides: number[] = [];
  let next = scaled(start, 1 / norm(start));
  let size = 0;
  let ended = false;
  const count = Math.min(iterations, operator.size);
  await repeat(count, "Lanczos", control, async () => {
    if (ended) return;
    basis.push(next);
    const product = await operator.apply(next, quietly(control));
    diagonal.push(dot(product, next));
    for (let pass = 0; pass < 2; pass++) {
      for (const vector of basis) add(product, -dot(product, vector), vector);
    }
    const left = norm(product);
    besides.push(left);
    size = Math.max(size, Math.abs(diagonal.at(-1)!), left);
    ended = left <= 1e-12 * size || isDone({ basis, diagonal, besides });
    if (!ended) next = scaled(product, 1 / left);
  });
  return { basis, diagonal, besides };
}

/** The eigenvalues and eigenvectors of T. */
export function tridiagonalEigen({ diagonal, besides }: Tridiagonal): Eigen {
  const n = diagonal.length;
  return symmetricEigen(diagonal.map((value, i) => {
    const row = new Float64Array(n);
    row[i] = value;
    if (i > 0) row[i - 1] = besides[i - 1]!;
    if (i < n - 1) row[i + 1] = besides[i]!;
    return row;
  }));
}
