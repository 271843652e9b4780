/**
 * Probes of the loss surface: values, gradients and curvature over whole data sets;
 * directions, lines and planes; sharpness; the space of inputs.
 *
 * A point or direction is a `Float64Array` of all parameters in the objective's order
 * ({@linkcode parameterLayout}), statistics included. Probes write to nothing: an
 * objective is a pure function, so weights stay as they are whatever happens. All of
 * them take an `AbortSignal` and report progress ({@linkcode ProbeControl}); what they
 * draw at random depends on a seed alone.
 *
 * | measure | does it stay when layers are rescaled and the function stays? |
 * | --- | --- |
 * | eigenvalues, trace, Frobenius norm, `samSharpness`, `keskarSharpness`, `averageSharpness`, `pacBayesSigma` | no |
 * | `asamSharpness` with η = 0, `averageSharpness` with `magnitudeAware`, `relativeFlatness`, `lastLayerFlatness` | yes |
 * | curves along `randomDirection` with `norm: "filter"` | yes, for a factor a layer |
 * | `inputNoise`, `neighbourPaths`, `inputGradientNorm` | yes: they see the function alone |
 *
 * A flat minimum is not by itself a better one.
 *
 * @example The largest curvature of a small network, and the loss along its direction
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { classification, initialValues } from "../training/objective.ts";
 * import { eigenpairs, evaluateGrid, hessian, linearChart, lossSurface } from "./mod.ts";
 * import { ok } from "node:assert";
 *
 * await initialize({ backend: "tensorflow" });
 * const objective = classification(mlp({ inputShape: [2], outputs: 2 }));
 * const inputs = tf.tensor2d([[1, 2], [-1, 0], [0, -3]]);
 * const labels = tf.tensor1d([0, 1, 1], "int32");
 * const data = { count: 3, inputs, labels };
 * const options = { objective, data, weights: initialValues(objective, 0) };
 *
 * const curvature = hessian(options);
 * const { largest: [top] } = await eigenpairs(curvature, { largest: 1 });
 * const train = lossSurface(options);
 * const direction = curvature.embed(top!.vector);
 * const { values } = await evaluateGrid({
 *   chart: linearChart(train.weights, [direction]),
 *   axes: [[-1e-3, 0, 1e-3]],
 *   surfaces: { train },
 * });
 * const [a, b, c] = values.train!.loss;
 * ok(Math.abs((a! - 2 * b! + c!) / 1e-6 - top!.value) < 1e-4 * top!.value);
 * curvature.dispose();
 * train.dispose();
 * tf.dispose([inputs, labels]);
 * ```
 *
 * @module
 */
export {
  averageSharpness,
  type AverageSharpnessOptions,
  type PacBayesOptions,
  type PacBayesSigma,
  pacBayesSigma,
} from "./average_sharpness.ts";
export {
  bezierChart,
  type Chart,
  fitBezier,
  type FitBezierOptions,
  linearChart,
} from "./chart.ts";
export type { ProbeControl } from "./control.ts";
export type { StoredTensor } from "../files/safetensors.ts";
export type { CurvatureOperatorOptions } from "./curvature_operator.ts";
export {
  type Eigenpair,
  type Eigenpairs,
  eigenpairs,
  type EigenpairsOptions,
} from "./eigenpairs.ts";
export { gridNpz, gridVtp, type VtpOptions } from "./export_grid.ts";
export { exactHessian } from "./exact_hessian.ts";
export {
  type FlatnessSlope,
  flatnessSlope,
  type FlatnessSlopeOptions,
} from "./flatness_slope.ts";
export {
  foolingDirections,
  gradientDirection,
  transferredDirection,
  type TransferredDirectionOptions,
  weightFooling,
} from "./fooling_direction.ts";
export {
  fastGradientSign,
  type FastGradientSignOptions,
  inputFooling,
  type InputFoolingOptions,
  type InputRange,
} from "./fooling_input.ts";
export { type FrozenSwitches, withFrozenSwitches } from "./frozen_switches.ts";
export { empiricalFisher, gaussNewton } from "./gauss_newton.ts";
export {
  evaluateGrid,
  evenly,
  type Grid,
  type GridOptions,
  type GridValues,
} from "./grid.ts";
export { gridFigure, type GridFigureOptions } from "./grid_figure.ts";
export { checkHessian, hessian, type HessianCheck } from "./hessian.ts";
export {
  inputGradientNorm,
  type InputGradients,
  inputGradients,
} from "./input_gradient.ts";
export type { InputLine, InputLines } from "./input_lines.ts";
export { inputNoise, type InputNoiseOptions } from "./input_noise.ts";
export {
  convolutionTransfer,
  denseTransfer,
  type Transfer,
  transferBound,
} from "./input_transfer.ts";
export { lastLayerFlatness } from "./last_layer_flatness.ts";
export {
  minimise,
  type MinimiseOptions,
  type Minimum,
  type ValueAndGradient,
} from "./lbfgs.ts";
export {
  type LossSurface,
  lossSurface,
  type SharedSurface,
  type SurfaceValue,
} from "./loss_surface.ts";
export {
  nearestNeighbours,
  type NeighbourOptions,
} from "./nearest_neighbours.ts";
export {
  type NeighbourPaths,
  neighbourPaths,
  type NeighbourPathsOptions,
} from "./neighbour_paths.ts";
export {
  gradientNoiseScale,
  type NoiseScale,
  type NoiseScaleOptions,
} from "./noise_scale.ts";
export type {
  CurvatureOperator,
  SharedOperator,
  SymmetricOperator,
} from "./operator.ts";
export {
  filtersOf,
  flattenParameters,
  type ParameterLayout,
  parameterLayout,
  type ParameterSlice,
  type ParameterValues,
} from "./parameter_layout.ts";
export type { Windowing } from "./patches.ts";
export {
  coordinates,
  directionBetween,
  type Plane,
  planeThrough,
  trajectoryDirections,
  type TrajectoryPlane,
  without,
} from "./plane.ts";
export type { Normalisation, ProbeOptions, Problem } from "./problem.ts";
export {
  type DirectionNorm,
  type Place,
  randomDirection,
  type RandomDirectionOptions,
} from "./random_direction.ts";
export {
  type LinePoint,
  refineLine,
  type RefineLineOptions,
} from "./refine_line.ts";
export { relativeFlatness } from "./relative_flatness.ts";
export {
  type AsamOptions,
  asamSharpness,
  type KeskarOptions,
  keskarSharpness,
  type SamOptions,
  samSharpness,
} from "./sharpness.ts";
export {
  type Fooling,
  smallestFooling,
  type SmallestFoolingOptions,
} from "./smallest_fooling.ts";
export { type Snapshot, takeSnapshot } from "./snapshot.ts";
export {
  type SpectralDensity,
  spectralDensity,
  type SpectralDensityOptions,
} from "./spectral_density.ts";
export {
  convolutionSpectralNorm,
  denseSpectralNorm,
  type SingularValue,
} from "./spectral_norm.ts";
export {
  stabilityLimit,
  type StabilityLimitOptions,
} from "./stability_limit.ts";
export { topEigenvalue, type TopEigenvalueOptions } from "./top_eigenvalue.ts";
export {
  type Estimate,
  hutchinson,
  hutchPlusPlus,
  type TraceOptions,
} from "./trace.ts";
