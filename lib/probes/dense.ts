/**
 * Small dense matrices, by ml-matrix.
 *
 * @module
 */
import {
  EigenvalueDecomposition,
  Matrix,
  SingularValueDecomposition,
} from "ml-matrix";

/** Eigenvalues of a small symmetric matrix, ascending, and their vectors. */
export interface Eigen {
  /** λ₁ ≤ … ≤ λₙ. */
  readonly values: Float64Array;
  /** One unit vector a value. */
  readonly vectors: readonly Float64Array[];
}

/** The eigenvalues and eigenvectors of a symmetric matrix, given by its rows. */
export function symmetricEigen(
  rows: readonly (readonly number[] | Float64Array)[],
): Eigen {
  const matrix = new Matrix(rows.map((row) => Array.from(row)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    matrix,
    { assumeSymmetric: true },
  );
  const order = realEigenvalues.map((_, i) => i)
    .sort((a, b) => realEigenvalues[a]! - realEigenvalues[b]!);
  return {
    values: Float64Array.from(order, (i) => realEigenvalues[i]!),
    vectors: order.map((i) =>
      Float64Array.from(eigenvectorMatrix.getColumn(i))
    ),
  };
}

/** The singular values of a matrix, descending, with left and right vectors. */
export function singularValues(
  rows: readonly (readonly number[] | Float64Array)[],
): { values: number[]; left: Float64Array[]; right: Float64Array[] } {
  const decomposition = new SingularValueDecomposition(
    new Matrix(rows.map((row) => Array.from(row))),
    { autoTranspose: true },
  );
  const values = decomposition.diagonal;
  const columns = (matrix: Matrix) =>
    values.map((_, i) => Float64Array.from(matrix.getColumn(i)));
  return {
    values,
    left: columns(decomposition.leftSingularVectors),
    right: columns(decomposition.rightSingularVectors),
  };
}
