/**
 * Lines in memory: losses that are plain functions of a few numbers, in double
 * precision.
 *
 * @module
 */
import type { Line } from "./controller.ts";

/** A loss and its gradient. */
export interface MemoryProblem {
  /** L(θ). */
  loss(position: readonly number[]): number;
  /** ∇L(θ). */
  gradient(position: readonly number[]): number[];
}

/** The inner product of two vectors. */
export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}

/** θ − η·d. */
export function moved(
  position: readonly number[],
  direction: readonly number[],
  rate: number,
): number[] {
  return position.map((x, i) => x - rate * direction[i]!);
}

/**
 * L(θ) = ½·Σᵢ λᵢ·θᵢ² + offset.
 *
 * @param curvatures λ.
 * @param offset The loss at the minimum. @default {0}
 *
 * @example
 * ```ts
 * import { quadratic } from "./memory_line.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const { loss, gradient } = quadratic([10, 1]);
 * strictEqual(loss([1, 2]), 7);
 * deepStrictEqual(gradient([1, 2]), [10, 2]);
 * ```
 */
export function quadratic(
  curvatures: readonly number[],
  offset: number = 0,
): MemoryProblem {
  const gradient = (position: readonly number[]) =>
    position.map((x, i) => curvatures[i]! * x);
  return {
    gradient,
    loss: (position) => dot(position, gradient(position)) / 2 + offset,
  };
}

/**
 * The line of a problem at a position; its curvature is a central difference of
 * gradients over 1e-4 of |θ| / |d|, exact for quadratics.
 *
 * @param problem The loss and its gradient.
 * @param position θ.
 * @param direction d. @default {the gradient}
 * @param previous The direction of the step before. @default {none}
 *
 * @example The minimiser of a quadratic is where the slope is 0
 * ```ts
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { ok } from "node:assert";
 *
 * const line = memoryLine(quadratic([10, 1]), [0.1, 1]);
 * const minimiser = -line.slope / line.curvature();
 * ok(Math.abs(minimiser - 2 / 11) < 1e-12);
 * ok(Math.abs(line.slopeAt(minimiser)) < 1e-12);
 * ```
 */
export function memoryLine(
  { loss, gradient }: MemoryProblem,
  position: readonly number[],
  direction: readonly number[] = gradient(position),
  previous?: readonly number[],
): Line {
  const here = gradient(position);
  const reversed = dot(here, direction) < 0;
  const d = reversed ? direction.map((x) => -x) : direction;
  const slopeAt = (rate: number) => -dot(gradient(moved(position, d, rate)), d);
  return {
    precision: "float64",
    value: loss(position),
    slope: -dot(here, d),
    gradientNormSquared: dot(here, here),
    directionNormSquared: dot(d, d),
    previousSlope: previous && -dot(here, previous),
    at: (rate) => loss(moved(position, d, rate)),
    slopeAt,
    curvature() {
      const length = Math.sqrt(dot(d, d));
      if (length === 0) return 0;
      const size = Math.sqrt(dot(position, position)) || 1;
      const step = 1e-4 * size / length;
      return (slopeAt(step) - slopeAt(-step)) / (2 * step);
    },
  };
}
