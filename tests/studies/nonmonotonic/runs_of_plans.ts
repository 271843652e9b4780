/** Runs that were never made, one a plan, for tests of what is said of runs. */
import { runId, type RunPlan } from "../../../lib/studies/plan.ts";
import type { Run } from "../../../lib/studies/study.ts";
import { LINEAR_ARM } from "../../../lib/studies/validity.ts";

/** What is made up of a run; errors are shares. */
export interface MadeUp {
  test: number;
  validation?: number;
  cost?: number;
  gradient?: number;
  predictions?: string;
  /** The share of classes not among the highest outputs, on the test split. */
  top?: number;
}

/** What a linear model is made up to reach. */
const LINEAR: MadeUp = { test: 0.9 };

/** A run a plan, with the last values that are made up; untrained, all errors are 0.9. */
export function runsOfPlans(
  plans: readonly RunPlan[],
  madeUp: (plan: RunPlan) => MadeUp,
): Run[] {
  return plans.map((plan) => {
    const {
      test,
      validation = test,
      cost = 1,
      gradient = 1,
      predictions,
      top,
    } = plan.arm === LINEAR_ARM ? LINEAR : madeUp(plan);
    const course = (last: number, loss = 1) => ({
      loss: [2.3, loss],
      error: [0.9, last],
    });
    return {
      plan,
      id: runId(plan),
      status: "done",
      evaluatedEpochs: [0, plan.training.epochs],
      evaluation: {
        test: {
          ...course(test),
          ...top === undefined ? {} : { measured: { topError: [0.9, top] } },
        },
        validation: course(validation),
        train: course(test, cost),
      },
      epochMeans: {
        loss: [cost],
        learningRate: [0.1],
        gradientNorm: [gradient],
      },
      ...predictions === undefined ? {} : { predictions },
      forwardPasses: 1,
      seconds: 1,
    };
  });
}

/** A little that differs from seed to seed, and from arm to arm. */
export function jitter({ arm, seed }: RunPlan): number {
  return 1e-3 * Math.sin(7 * seed + arm.length);
}
