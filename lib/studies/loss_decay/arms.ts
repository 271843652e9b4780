/**
 * Loss decay: the gradient weights and learning rates that are compared.
 *
 * @module
 */
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { RunPlan, TrainingPlan } from "../plan.ts";
import { WEIGHT_DECAY } from "./settings.ts";

/** What a run has beside its training and its seed. */
export interface ArmPlan {
  /** η. */
  learningRate: ScheduleSpec;
  /** w; 1 where there is none, so that all runs of a training go side by side. */
  gradientWeight?: ScheduleSpec | ((seed: number) => ScheduleSpec);
}

/** The whole training, from which each run's number of steps follows. */
const WHOLE = { fraction: 1 };

/** Once an epoch, as in the released code. */
const EACH_EPOCH = { epochs: 1 };

const UNWEIGHTED: ScheduleSpec = { kind: "constant", value: 1 };

/** A plan for each arm and seed; arms of one seed differ in nothing else. */
export function weightedPlans(
  training: TrainingPlan,
  arms: Readonly<Record<string, ArmPlan>>,
  seeds: number,
): RunPlan[] {
  return Array.from(
    { length: seeds },
    (_, seed) =>
      Object.entries(arms).map((
        [arm, { learningRate, gradientWeight = UNWEIGHTED }],
      ) => ({
        arm,
        training,
        learningRate,
        gradientWeight: typeof gradientWeight === "function"
          ? gradientWeight(seed)
          : gradientWeight,
        seed,
      })),
  ).flat();
}

/** A rate that stays: the paper's "fixed". */
export function fixedRate(value: number): ScheduleSpec {
  return { kind: "constant", value };
}

/** η·(1 − t/T)^0.9: the paper's "poly". */
export function polyRate(from: number): ScheduleSpec {
  return { kind: "polynomial", from, to: 0, power: 0.9, steps: WHOLE };
}

/** The same, once an epoch, as the released code sets it. */
export function releasedRate(from: number): ScheduleSpec {
  return { kind: "perEpoch", stepsPerEpoch: EACH_EPOCH, inner: polyRate(from) };
}

/**
 * Figure 4b's "piecewise constant": a tenth at a half and again at three quarters
 * of the training. The paper names no steps; it says a factor of "typically 0.1",
 * "two or three times".
 */
export function piecewiseRate(from: number): ScheduleSpec {
  return {
    kind: "multiStep",
    from,
    factor: 0.1,
    milestones: [{ fraction: 0.5 }, { fraction: 0.75 }],
    steps: WHOLE,
  };
}

/** Figure 4d: figure 2a's line as the rate's factor. */
export function decreasingRate(rate: number): ScheduleSpec {
  return { kind: "linear", from: 2 * rate, to: 0, steps: WHOLE };
}

/** Pieces in which the compensated decay follows its curve. */
const PIECES = 200;

/**
 * Figure 4d's control: the training with λ/w in the place of λ, where w is figure
 * 2a's line. A rate of η·w then decays weights by ηλ a step, as a weight of w with
 * a rate of η does: η·w·(g + (λ/w)·θ) = η·(w·g + λ·θ).
 */
export function compensated(training: TrainingPlan): TrainingPlan {
  const points = Array.from({ length: PIECES }, (_, i) => ({
    step: { fraction: i / PIECES },
    value: WEIGHT_DECAY / (2 * (1 - (i + 0.5) / PIECES)),
  }));
  return {
    ...training,
    optimizer: {
      ...training.optimizer,
      weightDecay: { kind: "piecewiseConstant", points, steps: WHOLE },
    },
  };
}

/** Figures 2a and 3a: a line to 0. */
export function lineWeight(from: number): ScheduleSpec {
  return { kind: "linearDecrease", from, steps: WHOLE };
}

/** Figure 3a's other curve, as `longTailRelaxation` reads it. */
export const longTailWeight: ScheduleSpec = {
  kind: "longTailRelaxation",
  steps: WHOLE,
};

/** Figure 4a, as the released code has it. */
export const lateWeight: ScheduleSpec = {
  kind: "lateDecrease",
  steps: WHOLE,
  stepsPerEpoch: EACH_EPOCH,
};

/**
 * The same formula in the released scripts of 200 epochs (segmentation, pix2pix):
 * it was made for 100, so that the gradient is climbed in the second half.
 */
export const negativeWeight: ScheduleSpec = {
  kind: "lateDecrease",
  after: 0.35,
  to: -2 / 3,
  steps: WHOLE,
  stepsPerEpoch: EACH_EPOCH,
};

/** Random gradient: U(0, 1), drawn for each batch. */
export function randomWeight(seed: number): ScheduleSpec {
  return { kind: "randomGradient", seed };
}
