/**
 * What runs spent, and curves against it.
 *
 * @module
 */
import { type Curve, errorCurve } from "./charts.ts";
import type { Arm } from "./comparisons.ts";
import type { Run } from "./study.ts";

/** The title of an axis of costs: a forward pass is 1, a backward pass 2. */
export const COST_AXIS = "forward-pass equivalents";

/**
 * Forward-pass equivalents spent before each evaluation. Steps of a fixed rate all
 * cost the same.
 */
export function costs(
  { control, evaluatedEpochs, forwardPasses }: Run,
): number[] {
  if (control !== undefined) return control.costs;
  const last = evaluatedEpochs.at(-1) || 1;
  return evaluatedEpochs.map((epoch) => forwardPasses * epoch / last);
}

/** Costs of the run of an arm that was evaluated most often. */
export function costsOf(arm: Arm): number[] {
  const runs = [...arm.values()];
  return costs(
    runs.reduce((a, b) =>
      b.evaluatedEpochs.length > a.evaluatedEpochs.length ? b : a
    ),
  );
}

/** The test error against the cost, in percent. */
export function costCurve(arm: Arm): Curve {
  return { ...errorCurve(arm), x: costsOf(arm) };
}
