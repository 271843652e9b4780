/**
 * Symmetric matrices that are known by their products with vectors.
 *
 * @module
 */
import type { ResidentSplit } from "../training/resident_data.ts";
import type { ProbeControl } from "./control.ts";

/** A symmetric matrix A, known by its products A·v. */
export interface SymmetricOperator {
  /** The number of rows and columns. */
  readonly size: number;
  /** A·v, a new vector. */
  apply(vector: Float64Array, control?: ProbeControl): Promise<Float64Array>;
}

/** A matrix of curvature over some of the parameters. */
export interface CurvatureOperator extends SymmetricOperator {
  /** A vector of the operator as one of all parameters, 0 elsewhere. */
  embed(vector: Float64Array): Float64Array;
  /** The part of a vector of all parameters that the operator is over. */
  restrict(vector: Float64Array): Float64Array;
  /** Kernels with kinks that could not be frozen; known after a product. */
  readonly unfrozen: readonly string[];
  /** Frees the compiled functions. */
  dispose(): void;
}

/** A matrix of curvature whose compiled functions serve other data and weights too. */
export interface SharedOperator extends CurvatureOperator {
  /**
   * The matrix at other weights, by the same compiled functions: they are freed with
   * either. Frozen statistics of normalisation are those of these weights.
   *
   * @param weights All parameters, as one vector.
   * @throws {TypeError} If their number is another.
   */
  at(weights: Float64Array): CurvatureOperator;
  /**
   * The matrix over other data, by the same compiled functions: they are freed with
   * either.
   *
   * @param data The examples; the caller keeps them.
   */
  over(data: ResidentSplit): CurvatureOperator;
}
