/**
 * Nonmonotonic schedules: what is trained at each scale.
 *
 * @module
 */
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { Scale } from "../catalogue.ts";
import { stepsOf, type TrainingPlan } from "../plan.ts";

/** What a scale trains. */
export interface NonmonotonicSettings {
  /** Paired seeds. */
  seeds: number;
  /** The "small model": cuda-convnet's. */
  small: TrainingPlan;
  /** The "large model": the All-CNN. */
  large: TrainingPlan;
  /** Rates that every schedule is tried at: where it starts, or its peak. */
  rates: readonly number[];
  /** Peaks that the Laplacian is tried at: of one peak it has less area. */
  laplacianPeaks: readonly number[];
  /** Rates that RMSprop is tried at. */
  rmspropRates: readonly number[];
  /** Figure 6's and 7's lengths, in epochs. */
  lengths: readonly number[];
  /** Figure 7's peak rates γmax. */
  peaks: readonly number[];
}

const momentum = {
  kind: "momentum",
  momentum: 0.9,
  weightDecay: 5e-4,
} as const;

const smoke: TrainingPlan = {
  model: { kind: "cudaConvnet", width: 4, initialisation: "he" },
  data: { dataset: "textured-shapes", train: 400, validation: 100, test: 200 },
  optimizer: momentum,
  batchSize: 50,
  epochs: 3,
  augment: false,
  recordEvery: 1,
};

const small: TrainingPlan = {
  model: { kind: "cudaConvnet", width: 16, initialisation: "he" },
  data: { dataset: "cifar-10", train: 5000, validation: 2000, test: 4000 },
  optimizer: momentum,
  batchSize: 50,
  epochs: 20,
  augment: false,
  recordEvery: 10,
};

const paper: TrainingPlan = {
  model: { kind: "cudaConvnet", width: 32, initialisation: "paper" },
  data: { dataset: "cifar-10", train: 45000, validation: 5000, test: 10000 },
  optimizer: { ...momentum, weightDecay: 4e-3 },
  batchSize: 128,
  epochs: 360,
  augment: false,
  recordEvery: 50,
};

function allCnn(
  training: TrainingPlan,
  width: number,
  options: Record<string, number> = {},
): TrainingPlan {
  return { ...training, model: { kind: "allCnn", width, ...options } };
}

/** The paper's shares leave too little of a network of an eighth of the width. */
const noDropout = { inputDropoutRate: 0, dropoutRate: 0 };

/** What each scale trains. */
export const settings: Readonly<Record<Scale, NonmonotonicSettings>> = {
  smoke: {
    seeds: 2,
    small: smoke,
    large: allCnn(smoke, 4),
    rates: [0.03],
    laplacianPeaks: [0.03],
    rmspropRates: [0.001],
    lengths: [2, 3],
    peaks: [0.02, 0.03],
  },
  small: {
    seeds: 5,
    small,
    large: allCnn(small, 12, noDropout),
    rates: [0.01, 0.03],
    laplacianPeaks: [0.01, 0.03, 0.06, 0.1],
    rmspropRates: [0.0003, 0.001],
    lengths: [20, 40],
    peaks: [0.01, 0.02, 0.03, 0.06],
  },
  paper: {
    seeds: 5,
    small: paper,
    large: {
      ...allCnn(paper, 96),
      optimizer: { ...momentum, weightDecay: 1e-3 },
    },
    rates: [0.001, 0.003, 0.01],
    laplacianPeaks: [0.001, 0.003, 0.01, 0.03],
    rmspropRates: [0.0001, 0.0003, 0.001],
    lengths: [90, 180, 360],
    peaks: [0.002, 0.003, 0.005, 0.01, 0.015],
  },
};

/** γmin: the paper's γmax / 10,000. */
const END_SHARE = 1e-4;

/** The schedules of figure 5, by name, for a start or peak rate. */
export const schedules: Readonly<
  Record<
    "step" | "rational" | "Gaussian",
    (training: TrainingPlan, rate: number) => ScheduleSpec
  >
> = {
  // Drops to a tenth at 40 % and at 80 % of the training.
  step: (training, from) => ({
    kind: "step",
    from,
    factor: 0.1,
    every: Math.ceil(0.4 * stepsOf(training)),
    steps: stepsOf(training),
  }),
  // Ends at a hundredth of where it starts.
  rational: (training, from) => ({
    kind: "rational",
    from,
    decay: 99 / stepsOf(training),
    steps: stepsOf(training),
  }),
  Gaussian: (training, peak) => peakRate("gaussian", training, peak),
};

/** A peak from γmin through γmax in the middle and back. */
export function peakRate(
  kind: "gaussian" | "laplacian",
  training: TrainingPlan,
  peak: number,
): ScheduleSpec {
  return { kind, peak, end: END_SHARE * peak, steps: stepsOf(training) };
}

/** The training with RMSprop in place of momentum. */
export function withRmsprop(training: TrainingPlan): TrainingPlan {
  const { weightDecay } = training.optimizer;
  return {
    ...training,
    optimizer: { kind: "rmsprop", weightDecay: weightDecay ?? 0 },
  };
}
