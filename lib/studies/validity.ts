/**
 * Which runs count: what must hold before a verdict is given.
 *
 * @module
 */
import type { Scale } from "./catalogue.ts";
import { armMean, byArm, finalError } from "./comparisons.ts";
import type { TrainingPlan } from "./plan.ts";
import type { ScheduleSpec } from "../schedules/schedule.ts";
import { pairedPlans, type RunPlan, stepsOf } from "./plan.ts";
import type { Run } from "./study.ts";

/** The arm that shows what a linear model reaches on the same data. */
export const LINEAR_ARM = "linear model";

/** The least that a run must be, to say something about a claim. */
export const LEAST = {
  epochs: 20,
  examples: 5000,
  seeds: 5,
  pointsAboveLinear: 5,
} as const;

/** Plans for the linear model on the data of a training. */
export function linearPlans(training: TrainingPlan, seeds: number): RunPlan[] {
  const linear: TrainingPlan = {
    ...training,
    model: { kind: "mlp" },
    optimizer: { kind: "momentum", momentum: 0.9, weightDecay: 1e-3 },
    augment: false,
  };
  const learningRate: ScheduleSpec = {
    kind: "polynomial",
    from: 0.002,
    to: 0,
    power: 1,
    steps: stepsOf(linear),
  };
  return pairedPlans(linear, { [LINEAR_ARM]: learningRate }, seeds);
}

/** A test of whether runs count: why they do not, or undefined where they do. */
export type ObstacleOf = (
  runs: readonly Run[],
  scale: Scale,
) => string | undefined;

/**
 * The same for each network by itself: a good one does not hide a weak one. The linear
 * model stands beside each.
 *
 * @param networkOf What network a run is of, in words; undefined where it does not count.
 */
export function obstacleOfEach(
  networkOf: (run: Run) => string | undefined,
): ObstacleOf {
  return (runs, scale) => {
    const isLinear = (run: Run) => run.plan.arm === LINEAR_ARM;
    const networks = new Set(
      runs.filter((run) => !isLinear(run)).map(networkOf),
    );
    for (const network of networks) {
      if (network === undefined) continue;
      const own = runs.filter((run) =>
        isLinear(run) || networkOf(run) === network
      );
      const found = obstacle(own, scale);
      if (found !== undefined) return `${found} (${network})`;
    }
    return undefined;
  };
}

/**
 * Why runs do not count, or undefined where they do: too small a scale, too few
 * seeds, or networks that a linear model nearly equals.
 *
 * @param runs The runs of a comparison on one data set, the linear model's among
 * them.
 */
export function obstacle(
  runs: readonly Run[],
  scale: Scale,
): string | undefined {
  if (scale === "smoke") {
    return "scale: smoke runs test the machinery, not the claim";
  }
  const arms = byArm(runs);
  const linear = arms.get(LINEAR_ARM);
  arms.delete(LINEAR_ARM);
  for (const [name, arm] of arms) {
    const { epochs, data } = [...arm.values()][0]!.plan.training;
    if (epochs < LEAST.epochs || data.train < LEAST.examples) {
      return `scale: ${epochs} epochs of ${data.train} examples, at least ${LEAST.epochs} of ${LEAST.examples} count`;
    }
    if (arm.size < LEAST.seeds) {
      return `scale: ${arm.size} seeds of ${name}, at least ${LEAST.seeds} count`;
    }
  }
  if (linear === undefined) return undefined;
  const best = Math.min(
    ...[...arms.values()].map((arm) => armMean(arm, finalError("test"))),
  );
  const floor = armMean(linear, finalError("test"));
  return best < floor - LEAST.pointsAboveLinear
    ? undefined
    : `scale: the best test error, ${
      best.toFixed(1)
    } %, is not well below a linear model's, ${floor.toFixed(1)} %`;
}
