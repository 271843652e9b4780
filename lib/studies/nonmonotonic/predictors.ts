/**
 * Nonmonotonic schedules, figure 7: what the end of a training says of its test
 * error. A run that diverged counts as untrained.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, finalError } from "../comparisons.ts";
import { rankCorrelation } from "../rank_correlation.ts";
import type { Run } from "../study.ts";
import { gaussianArm, settingsOf } from "./fig7_arms.ts";

const last = ({ status }: Run) => status === "diverged" ? 0 : -1;

/** The training loss after the last step. */
export function finalCost(run: Run): number {
  return run.evaluation.train!.loss.at(last(run))!;
}

/** ‖g‖: the mean over the recorded batches of the last epoch. */
export function finalGradient(run: Run): number {
  return run.epochMeans.gradientNorm.at(last(run))!;
}

/** How well cost and gradient tell the order of the test errors, one number a seed. */
export interface Advantages {
  /** Rank correlation over settings of ‖g‖ with the test error. */
  gradient: number[];
  /** The same of the cost. */
  cost: number[];
  /**
   * The first minus the size of the second: a flat place has small gradients, so that
   * only a positive relation is the claimed one.
   */
  advantage: number[];
}

/** Of all Gaussian settings, a seed at a time. */
export function advantages(
  arms: ReadonlyMap<string, Arm>,
  scale: Scale,
): Advantages {
  const all = settingsOf(scale).map((setting) =>
    arms.get(gaussianArm(setting))!
  );
  const seeds = [...all[0]!.keys()];
  const correlation = (quantity: (run: Run) => number) =>
    seeds.map((seed) => {
      const runs = all.map((arm) => arm.get(seed)!);
      return rankCorrelation(runs.map(quantity), runs.map(finalError("test")));
    });
  const gradient = correlation(finalGradient), cost = correlation(finalCost);
  const advantage = gradient.map((g, i) => g - Math.abs(cost[i]!));
  return { gradient, cost, advantage };
}
