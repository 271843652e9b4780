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
 * The same for some of the runs beside the linear model on their data: those of one
 * network, so that a good one does not hide a weak one.
 *
 * @param isOwn Whether a run is one of them.
 */
export function obstacleOfSome(
  runs: readonly Run[],
  scale: Scale,
  isOwn: (run: Run) => boolean,
): string | undefined {
  const dataOf = ({ plan }: Run) => plan.training.data.dataset;
  const trained = runs.filter(({ plan }) => plan.arm !== LINEAR_ARM);
  const own = trained.filter(isOwn);
  const data = new Set(own.map(dataOf));
  const linear = runs.filter((run) =>
    run.plan.arm === LINEAR_ARM && data.has(dataOf(run))
  );
  return obstacle([...own, ...linear], scale);
}

/**
 * The same for each network by itself; the first reason, and the network's name.
 *
 * @param networkOf What network a run is of, in words.
 */
export function obstacleOfEach(networkOf: (run: Run) => string): ObstacleOf {
  return (runs, scale) => {
    const trained = runs.filter(({ plan }) => plan.arm !== LINEAR_ARM);
    for (const network of new Set(trained.map(networkOf))) {
      const found = obstacleOfSome(
        runs,
        scale,
        (run) => networkOf(run) === network,
      );
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
