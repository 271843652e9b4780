/**
 * Adaptive rates: the methods that are compared.
 *
 * @module
 */
import type { ControllerSpec } from "../../controllers/controller.ts";
import {
  controlledPlans,
  pairedPlans,
  type RunPlan,
  type TrainingPlan,
} from "../plan.ts";
import { withFourUpdates } from "./settings.ts";

/** A fixed rate: the paper's "basic method". */
export const BASIC = "basic";
/**
 * The second-order rule with the paper's ε = 1e-5, in float32. A negative rate becomes
 * 1e-6, as in the authors' program; the paper's text lets it be negative.
 */
export const ADAPTIVE = "adaptive";
/** The same with the losses along the step in float64. */
export const FLOAT64 = "adaptive, float64";
/** The same in float32 with an ε of a tenth of η. */
export const RELATIVE = "adaptive, relative ε";
/** The rule as the released program applies it, its trial steps not undone. */
export const RELEASED = "released code";
/** The control for it. */
export const CONTROL = "basic, 4 updates a batch";

/**
 * The second-order rule of the paper, from a rate; ε = 1e-5, β = 0 and no negative rates
 * are its defaults.
 */
export function secondOrder(
  initial: number,
  more: Readonly<Record<string, string | number>> = {},
): ControllerSpec {
  return { kind: "secondOrder", initial, ...more };
}

/** The rule in float64 and with a relative ε. */
export function corrected(initial: number): Record<string, ControllerSpec> {
  return {
    [FLOAT64]: secondOrder(initial, { precision: "float64" }),
    [RELATIVE]: secondOrder(initial, { derivatives: "relative" }),
  };
}

/** A fixed rate, for each seed. */
export function basicPlans(
  training: TrainingPlan,
  value: number,
  seeds: number,
  name: string = BASIC,
): RunPlan[] {
  return pairedPlans(training, { [name]: { kind: "constant", value } }, seeds);
}

/** The fixed rate and the paper's rule from it. */
export function comparedPlans(
  training: TrainingPlan,
  rate: number,
  seeds: number,
): RunPlan[] {
  return [
    ...basicPlans(training, rate, seeds),
    ...controlledPlans(training, { [ADAPTIVE]: secondOrder(rate) }, seeds),
  ];
}

/** The rule as released, and four updates a batch at the same rate. */
export function aliasedPlans(
  training: TrainingPlan,
  rate: number,
  seeds: number,
): RunPlan[] {
  const four = withFourUpdates(training);
  return [
    ...basicPlans(four, rate, seeds, CONTROL),
    ...controlledPlans(
      four,
      { [RELEASED]: { kind: "aliasedSecondOrder", initial: rate } },
      seeds,
    ),
  ];
}
