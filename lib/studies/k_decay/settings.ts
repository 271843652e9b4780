/**
 * k-decay: what is trained at each scale.
 *
 * @module
 */
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { Scale } from "../catalogue.ts";
import { stepsOf, type TrainingPlan } from "../plan.ts";

/** The paper's learning rate at the end, L_e. */
export const END_RATE = 0.001;

/** The paper's learning rate at the start, L_0. */
export const START_RATE = 0.1;

/** The k whose controls are trained. */
export const CONTROL_K = 2;

/** What a scale trains. */
export interface KDecaySettings {
  /** Paired seeds. */
  seeds: number;
  /** Figures 2 and 6: a network of basic blocks. */
  basic: TrainingPlan;
  /** Figure 2 again, on data that the paper does not use. */
  elsewhere?: TrainingPlan;
  /** Figures 1 and 5: a network of bottleneck blocks. */
  shallow: TrainingPlan;
  /** Figure 5: a deeper one. */
  deep: TrainingPlan;
  /** Start rates that every arm of figure 2 is tried at. */
  startRates: readonly number[];
  /** Figure 1's exponents. */
  powers: readonly number[];
  /** Figure 2's k. */
  ks: readonly number[];
  /** Figure 5's k. */
  depthKs: readonly number[];
}

const momentum = {
  kind: "momentum",
  momentum: 0.9,
  weightDecay: 5e-4,
} as const;

const smokeTraining: TrainingPlan = {
  model: { kind: "resnet", depth: 8, block: "basic", width: 4 },
  data: { dataset: "textured-shapes", train: 400, validation: 100, test: 200 },
  optimizer: momentum,
  batchSize: 50,
  epochs: 3,
  augment: true,
  recordEvery: 1,
};

const smallTraining: TrainingPlan = {
  model: { kind: "resnet", depth: 8, block: "basic", width: 8 },
  data: { dataset: "cifar-10", train: 5000, validation: 2000, test: 4000 },
  optimizer: momentum,
  batchSize: 50,
  epochs: 20,
  augment: true,
  recordEvery: 10,
};

const paperTraining: TrainingPlan = {
  model: { kind: "resnet", depth: 20, block: "basic", width: 64 },
  data: { dataset: "cifar-10", train: 45000, validation: 5000, test: 10000 },
  optimizer: { ...momentum, weightDecay: 1e-4 },
  batchSize: 128,
  epochs: 200,
  augment: true,
  recordEvery: 50,
};

function bottleneck(
  training: TrainingPlan,
  depth: number,
  width: number,
): TrainingPlan {
  return {
    ...training,
    model: { kind: "resnet", depth, block: "bottleneck", width },
  };
}

/** What each scale trains. */
export const settings: Readonly<Record<Scale, KDecaySettings>> = {
  smoke: {
    seeds: 2,
    basic: smokeTraining,
    shallow: bottleneck(smokeTraining, 11, 2),
    deep: bottleneck(smokeTraining, 20, 2),
    startRates: [0.1],
    powers: [0.5, 1, 4],
    ks: [1, 2],
    depthKs: [1, 2, 5],
  },
  small: {
    seeds: 5,
    basic: smallTraining,
    elsewhere: {
      ...smallTraining,
      data: { ...smallTraining.data, dataset: "fashion-mnist" },
    },
    shallow: bottleneck(smallTraining, 11, 4),
    deep: bottleneck(smallTraining, 20, 4),
    startRates: [0.05, 0.1, 0.2, 0.4],
    powers: [0.5, 1, 2, 3, 4],
    ks: [1, 1.5, 2, 3, 5],
    depthKs: [1, 1.5, 2, 3, 5, 8],
  },
  paper: {
    seeds: 5,
    basic: paperTraining,
    shallow: bottleneck(paperTraining, 47, 16),
    deep: bottleneck(paperTraining, 101, 16),
    startRates: [0.1],
    powers: [0.5, 1, 2, 3, 4],
    ks: [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5],
    depthKs: [1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8],
  },
};

/** Eq. 11 with exponent N: (L₀ − Lₑ)·(1 − t/T)^N + Lₑ. */
export function polynomialRate(
  training: TrainingPlan,
  power: number,
  from: number = START_RATE,
): ScheduleSpec {
  return {
    kind: "polynomial",
    from,
    to: END_RATE,
    power,
    steps: stepsOf(training),
  };
}

/** Eq. 10: (L₀ − Lₑ)·(1 − (t/T)^k) + Lₑ; of several k, eq. 14. */
export function kDecayRate(
  training: TrainingPlan,
  k: number | readonly number[],
  from: number = START_RATE,
): ScheduleSpec {
  return {
    kind: "kDecay",
    k: typeof k === "number" ? k : [...k],
    inner: polynomialRate(training, 1, from),
  };
}

/** The control of k-decay: k = 1, scaled to the mean of another k. */
export function equalAreaRate(training: TrainingPlan, k: number): ScheduleSpec {
  return {
    kind: "equalArea",
    inner: polynomialRate(training, 1),
    to: kDecayRate(training, k),
  };
}
