import { checkInteger } from "../text/check_integer.ts";
import type { Controller, ControllerEvent } from "./controller.ts";
import { countPasses, PASSES } from "./count_passes.ts";
import { memoryLine, type MemoryProblem, moved } from "./memory_line.ts";

/** A step of {@linkcode descend}, as it was before its update. */
export interface DescentStep {
  /** θ. */
  readonly position: readonly number[];
  /** L(θ). */
  readonly value: number;
  /** η. */
  readonly learningRate: number;
  /** Forward-pass equivalents so far, this step included. */
  readonly cost: number;
  /** What happened to the controller. */
  readonly events: readonly ControllerEvent[];
}

/**
 * Gradient descent on a small problem in double precision, with a controller:
 * θ ← θ − η·∇L(θ), η chosen at each step.
 *
 * @param problem The loss and its gradient.
 * @param controller Chooses η.
 * @param start θ at step 0.
 * @param steps How many steps, an integer ≥ 0.
 * @returns The steps, each as it was before its update. Where the line is not finite, η is
 * 0 and `not finite` among the events.
 * @throws {RangeError} If the number of steps is no integer ≥ 0.
 *
 * @example Exact line search on λ = (10, 1) from (0.1, 1) takes 2/11 every time
 * ```ts
 * import { descend } from "./descend.ts";
 * import { exactLineSearch } from "./exact_line_search.ts";
 * import { quadratic } from "./memory_line.ts";
 * import { ok } from "node:assert";
 *
 * const path = descend(quadratic([10, 1]), exactLineSearch(), [0.1, 1], 5);
 * ok(path.every(({ learningRate }) => Math.abs(learningRate - 2 / 11) < 1e-9));
 * ```
 */
export function descend(
  problem: MemoryProblem,
  controller: Controller,
  start: readonly number[],
  steps: number,
): DescentStep[] {
  checkInteger("steps", steps, 0);
  const path: DescentStep[] = [];
  let position: readonly number[] = start;
  let previous: readonly number[] | undefined;
  let state = controller.init();
  let rate: number | undefined;
  let cost = 0;
  for (let step = 0; step < steps; step++) {
    const direction = problem.gradient(position);
    const line = countPasses(
      memoryLine(problem, position, direction, previous),
    );
    const { learningRate, state: next, events } = controller.next(
      line,
      {
        step,
        stepsPerEpoch: 1,
        ...rate === undefined ? {} : { previousRate: rate },
      },
      state,
    );
    cost += PASSES.gradient + line.passes;
    path.push({ position, value: line.value, learningRate, cost, events });
    position = moved(position, direction, learningRate);
    previous = direction;
    rate = learningRate;
    state = next;
  }
  return path;
}
