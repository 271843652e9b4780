/**
 * Probes of the loss surface: values and gradients over whole data sets, and
 * curvature.
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
export type { CurvatureOptions } from "./curvature_operator.ts";
export {
  type Eigenpair,
  type Eigenpairs,
  eigenpairs,
  type EigenpairsOptions,
} from "./eigenpairs.ts";
export { gridNpz, gridVtp, type VtpOptions } from "./export_grid.ts";
export {
  type FlatnessSlope,
  flatnessSlope,
  type FlatnessSlopeOptions,
} from "./flatness_slope.ts";
export {
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
export {
  type InputLine,
  type InputLines,
  inputNoise,
  type InputNoiseOptions,
  type NeighbourPaths,
  neighbourPaths,
  type NeighbourPathsOptions,
} from "./input_lines.ts";
export {
  convolutionTransfer,
  denseTransfer,
  type Transfer,
  transferBound,
} from "./input_transfer.ts";
export {
  minimise,
  type MinimiseOptions,
  type Minimum,
  type ValueAndGradient,
} from "./lbfgs.ts";
export {
  type LossSurface,
  lossSurface,
  type SurfaceValue,
} from "./loss_surface.ts";
export {
  nearestNeighbours,
  type NeighbourOptions,
} from "./nearest_neighbours.ts";
export type { CurvatureOperator, SymmetricOperator } from "./operator.ts";
export {
  filtersOf,
  flattenParameters,
  type ParameterLayout,
  parameterLayout,
  type ParameterSlice,
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
  type Estimate,
  hutchinson,
  hutchPlusPlus,
  type TraceOptions,
} from "./trace.ts";
