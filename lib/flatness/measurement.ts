/**
 * What a number of a flatness report is.
 *
 * @module
 */

/** The measures, by their stable names, in the order of a report. */
export const metricNames = [
  "loss",
  "accuracy",
  "weightNorm",
  "gradientNorm",
  "inputGradientNorm",
  "inputNoiseRise",
  "neighbourPathRise",
  "hessianTopEigenvalues",
  "hessianSmallestEigenvalue",
  "hessianTrace",
  "hessianFrobeniusNorm",
  "samSharpness",
  "asamSharpness",
  "averageSharpness",
  "relativeAverageSharpness",
  "keskarSharpness",
  "pacBayesSigma",
  "relativeFlatness",
  "filterNormalizedCurve",
  "flatnessSlope",
  "spectralNormFirstLayer",
] as const;

/** The name of a measure. */
export type MetricName = typeof metricNames[number];

/**
 * A change of the weights that leaves a measure as it is:
 * - `layerRescaling`: one layer times a factor, the next divided by it, where a
 *   rectifier between them lets the factor through;
 * - `neuronRescaling`: the same for single neurons;
 * - `sameFunction`: any change at all that leaves the function as it is;
 * - `orthogonalMaps`: a rotation of the space of weights, which does not leave the
 *   function as it is.
 */
export type Invariance =
  | "layerRescaling"
  | "neuronRescaling"
  | "sameFunction"
  | "orthogonalMaps";

/** A number of a report, or a list of them. */
export interface Measurement {
  /** The value; null where there is none, and `note` says why. */
  readonly value: number | readonly number[] | null;
  /**
   * One standard error, of the examples and of whatever was drawn at random, with
   * the error of the arithmetic where it is known. Null where there is none.
   */
  readonly error: number | readonly number[] | null;
  /**
   * What it cost, in forward passes over the subset; a gradient is 3 of them, a
   * Hessian product 9. Numbers of one run have its cost each.
   */
  readonly cost: number;
  /** What does not change it. */
  readonly invariantTo: readonly Invariance[];
  /** Of a curve: where on it the values are. */
  readonly at?: readonly number[];
  /** What should be known besides. */
  readonly note?: string;
}

/** Measurements by their names. */
export type Measurements = Readonly<Partial<Record<MetricName, Measurement>>>;

const scales = ["layerRescaling", "neuronRescaling"] as const;
const all: readonly Invariance[] = [...scales, "sameFunction"];
const rotations: readonly Invariance[] = ["orthogonalMaps"];

/** What is known of a measure before it is taken. */
export interface Metric {
  /** Its name for people. */
  readonly title: string;
  /** What does not change it. */
  readonly invariantTo: readonly Invariance[];
}

/** The measures. */
export const metrics: Readonly<Record<MetricName, Metric>> = {
  loss: { title: "loss L(w)", invariantTo: all },
  accuracy: { title: "accuracy", invariantTo: all },
  weightNorm: { title: "norm of the weights ‖w‖", invariantTo: rotations },
  gradientNorm: { title: "norm of the gradient ‖∇L‖", invariantTo: rotations },
  inputGradientNorm: {
    title: "mean norm of the input gradient E‖∂ℓ/∂x‖",
    invariantTo: all,
  },
  inputNoiseRise: {
    title: "rise under input noise of length 1",
    invariantTo: all,
  },
  neighbourPathRise: {
    title: "rise halfway to a near neighbour",
    invariantTo: all,
  },
  hessianTopEigenvalues: {
    title: "largest Hessian eigenvalues",
    invariantTo: rotations,
  },
  hessianSmallestEigenvalue: {
    title: "smallest Hessian eigenvalue",
    invariantTo: rotations,
  },
  hessianTrace: { title: "Hessian trace", invariantTo: rotations },
  hessianFrobeniusNorm: {
    title: "Hessian Frobenius norm",
    invariantTo: rotations,
  },
  samSharpness: { title: "SAM sharpness, ρ = 0.05", invariantTo: rotations },
  asamSharpness: {
    title: "ASAM sharpness, ρ = 0.5, η = 0",
    invariantTo: scales,
  },
  averageSharpness: {
    title: "mean rise under noise σ = 0.01",
    invariantTo: [],
  },
  relativeAverageSharpness: {
    title: "mean rise under noise 0.1·|w|",
    invariantTo: scales,
  },
  keskarSharpness: {
    title: "Keskar's sharpness, ε = 1e-3 (%)",
    invariantTo: [],
  },
  pacBayesSigma: {
    title: "PAC-Bayes σ, error up by 0.1",
    invariantTo: [],
  },
  relativeFlatness: {
    title: "relative flatness of the last layer",
    invariantTo: scales,
  },
  filterNormalizedCurve: {
    title: "median rise along filter-normalised directions",
    invariantTo: ["layerRescaling"],
  },
  flatnessSlope: {
    title: "flatness slope to the level of guessing",
    invariantTo: [],
  },
  spectralNormFirstLayer: {
    title: "spectral norm of the first layer",
    invariantTo: [],
  },
};

/**
 * A measurement as one number: of a list the largest.
 *
 * @example
 * ```ts
 * import { scalarOf } from "./measurement.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(scalarOf({ value: [3, 1], error: null, cost: 0, invariantTo: [] }), 3);
 * ```
 */
export function scalarOf({ value }: Measurement): number | null {
  if (value === null || typeof value === "number") return value;
  return value.length === 0 ? null : Math.max(...value);
}

/** The error of {@linkcode scalarOf}. */
export function scalarErrorOf({ value, error }: Measurement): number | null {
  if (error === null || typeof error === "number") return error;
  const values = value as readonly number[];
  return error[values.indexOf(Math.max(...values))] ?? null;
}
