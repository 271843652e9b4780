/** Runs that were not trained: of plans, with errors that a test makes up. */
import { runId, type RunPlan } from "../../../lib/studies/plan.ts";
import type { Run } from "../../../lib/studies/study.ts";
import { LINEAR_ARM } from "../../../lib/studies/validity.ts";

/** What a run is made to end with. */
export interface Pretended {
  /** Share of wrong classes on the test split. */
  test: number;
  /** The same on the validation split. @default {as on the test split} */
  validation?: number;
  /** Training losses, an epoch each. @default {1, 20 times} */
  loss?: number[];
}

/** A different error for each seed, the same for all arms of a seed, about 0. */
export const seedEffect = ({ seed }: RunPlan): number => 0.004 * (seed - 2);

/** Runs of plans; the linear model errs on 60 %. */
export function pretend(
  plans: readonly RunPlan[],
  outcome: (plan: RunPlan) => Pretended,
): Run[] {
  return plans.map((plan) => {
    const { test, validation = test, loss = new Array(20).fill(1) } =
      plan.arm === LINEAR_ARM ? { test: 0.6 } : outcome(plan);
    const course = (error: number) => ({
      loss: [2.3, 1],
      error: [0.9, error],
    });
    return {
      plan,
      id: runId(plan),
      status: "done",
      evaluatedEpochs: [0, plan.training.epochs],
      evaluation: { validation: course(validation), test: course(test) },
      epochMeans: {
        loss,
        learningRate: loss.map(() => 0.1),
        gradientNorm: loss.map(() => 1),
      },
      forwardPasses: 0,
      seconds: 0,
    };
  });
}
