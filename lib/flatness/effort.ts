/**
 * How much is measured.
 *
 * @module
 */
import type { MetricName } from "./measurement.ts";
import { metricNames } from "./measurement.ts";
import { show } from "../text/show.ts";

/** How much time a report may take. */
export type Budget = "quick" | "default" | "thorough";

/** The budgets, the smallest first. */
export const budgets: readonly Budget[] = ["quick", "default", "thorough"];

/** How often things are measured. */
export interface Effort {
  /** The most examples. */
  readonly examples: number;
  /** How many seconds are planned for; less than the budget, as plans err. */
  readonly seconds: number;
  /** How many of the largest eigenvalues. */
  readonly eigenvalues: number;
  /** Hessian products for eigenvalues, at most. */
  readonly iterations: number;
  /** Hessian products for the trace; half as many for relative flatness, at most. */
  readonly products: number;
  /** Random directions of curves. */
  readonly directions: number;
  /** Points on a curve, its middle among them. */
  readonly points: number;
  /** Draws of noise. */
  readonly draws: number;
  /** Pairs of directions in a comparison. */
  readonly pairs: number;
  /** Whether the Hessian is checked against differences with free switches. */
  readonly checksHessian: boolean;
  /** What is measured unless metrics are named. */
  readonly metrics: readonly MetricName[];
}

const costly: readonly MetricName[] = ["keskarSharpness", "pacBayesSigma"];
const usual = metricNames.filter((name) => !costly.includes(name));

/** What the budgets stand for. */
export const efforts: Readonly<Record<Budget, Effort>> = {
  quick: {
    examples: 1500,
    seconds: 35,
    eigenvalues: 2,
    iterations: 15,
    products: 8,
    directions: 4,
    points: 5,
    draws: 4,
    pairs: 10,
    checksHessian: false,
    metrics: usual,
  },
  default: {
    examples: 6000,
    seconds: 420,
    eigenvalues: 5,
    iterations: 30,
    products: 16,
    directions: 8,
    points: 11,
    draws: 10,
    pairs: 30,
    checksHessian: true,
    metrics: usual,
  },
  thorough: {
    examples: 60_000,
    seconds: 7200,
    eigenvalues: 10,
    iterations: 100,
    products: 100,
    directions: 20,
    points: 51,
    draws: 30,
    pairs: 100,
    checksHessian: true,
    metrics: metricNames,
  },
};

/** Of the test that rescales layers: small, as it is only to see what moves. */
export const rescalingEffort: Effort = {
  ...efforts.quick,
  examples: 60,
  eigenvalues: 1,
  iterations: 8,
  products: 4,
  directions: 2,
  points: 3,
  draws: 2,
};

/**
 * Checks names of measures.
 *
 * @throws {RangeError} If one is not known.
 */
export function checkMetrics(names: readonly string[]): MetricName[] {
  const unknown = names.find((name) => !metricNames.includes(name as never));
  if (unknown !== undefined) {
    throw new RangeError(
      `metrics must be of ${metricNames.join(", ")}, got ${show(unknown)}`,
    );
  }
  return metricNames.filter((name) => names.includes(name));
}
