import type { Line } from "./controller.ts";

/** Forward-pass equivalents of what a line is asked: a backward pass is two. */
export const PASSES = { gradient: 3, at: 1, slopeAt: 3, curvature: 6 } as const;

/** A line that counts what it is asked. */
export interface CountedLine extends Line {
  /** Forward-pass equivalents asked so far, the gradient's three not included. */
  readonly passes: number;
  /** What `at` has given, by step size. */
  readonly values: ReadonlyMap<number, number>;
}

/**
 * Counts the forward-pass equivalents of what a line is asked; what was asked before
 * is answered from memory, and f(0) is known.
 *
 * @example Two values and a slope
 * ```ts
 * import { countPasses } from "./count_passes.ts";
 * import { memoryLine, quadratic } from "./memory_line.ts";
 * import { strictEqual } from "node:assert";
 *
 * const line = countPasses(memoryLine(quadratic([1]), [3]));
 * line.at(0.5);
 * line.at(0.5);
 * line.at(0.1);
 * line.slopeAt(0.1);
 * strictEqual(line.passes, 1 + 1 + 3);
 * ```
 */
export function countPasses(line: Line): CountedLine {
  let passes = 0;
  const remembering = <T>(
    known: Map<T, number>,
    cost: number,
    ask: (at: T) => number,
  ) =>
  (at: T): number => {
    const found = known.get(at);
    if (found !== undefined) return found;
    passes += cost;
    const answer = ask(at);
    known.set(at, answer);
    return answer;
  };
  const values = new Map([[0, line.value]]);
  const curvature = remembering<"">(
    new Map(),
    PASSES.curvature,
    () => line.curvature(),
  );
  return {
    precision: line.precision,
    value: line.value,
    slope: line.slope,
    gradientNormSquared: line.gradientNormSquared,
    directionNormSquared: line.directionNormSquared,
    previousSlope: line.previousSlope,
    at: remembering(values, PASSES.at, (rate: number) => line.at(rate)),
    slopeAt: remembering(
      new Map([[0, line.slope]]),
      PASSES.slopeAt,
      (rate: number) => line.slopeAt(rate),
    ),
    curvature: () => curvature(""),
    values,
    get passes() {
      return passes;
    },
  };
}
