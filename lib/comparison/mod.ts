/**
 * Comparison: methods at equal cost, in forward-pass equivalents.
 *
 * A method is an optimizer with a schedule or a controller; a problem is something to
 * minimise, from quadratics to networks. {@linkcode compareMethods} tunes each method over
 * a grid of the same size, runs all with the same seeds up to the same cost, and tells
 * what differs.
 *
 * @module
 */
export type { Figure } from "../figures/figure.ts";
export type { Interval } from "../statistics/t_interval.ts";
export {
  quadraticProblem,
  type QuadraticProblemOptions,
  rosenbrockProblem,
  type RosenbrockProblemOptions,
} from "./analytic_problems.ts";
export {
  compareMethods,
  type CompareMethodsOptions,
} from "./compare_methods.ts";
export type {
  Comparison,
  MethodResult,
  PairResult,
  ProblemResult,
  Tuning,
} from "./comparison.ts";
export type { Course } from "./course.ts";
export { problemFigure, profileFigure } from "./figures.ts";
export { type Method, type MethodSetting, parseMethod } from "./method.ts";
export { methodNames, methodOf } from "./methods.ts";
export {
  networkProblem,
  type NetworkProblemOptions,
} from "./network_problem.ts";
export {
  type PerformanceProfile,
  performanceProfile,
  shareSolved,
} from "./performance_profile.ts";
export type { PreparedProblem, Quantity, TestProblem } from "./problem.ts";
export {
  problemByName,
  problemNames,
  type ProblemOptions,
} from "./problems.ts";
export { comparisonText } from "./tables.ts";
export { InterruptedComparisonError } from "./train_runs.ts";
export { writeComparison } from "./write_comparison.ts";
