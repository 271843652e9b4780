/**
 * Loss decay: what is trained at each scale.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { stepsOf, type TrainingPlan } from "../plan.ts";

/** The released code's learning rate. */
export const RATE = 0.1;

/** The released code's weight decay, which the weight of the loss does not scale. */
export const WEIGHT_DECAY = 1e-4;

/** A plain network of figure 1, and the rates that its arms are tried at. */
export interface PlainSettings {
  /** What is trained. */
  training: TrainingPlan;
  /** Learning rates. */
  rates: readonly number[];
}

/** What a scale trains. */
export interface LossDecaySettings {
  /** Paired seeds. */
  seeds: number;
  /** Figures 2 to 4 and equation 2. */
  training: TrainingPlan;
  /** Figure 4b. */
  compared: TrainingPlan;
  /** Figure 4c, half as long. */
  short: TrainingPlan;
  /** Figures 4b and 4c: the rates that every method is tried at. */
  rates: readonly number[];
  /** Figure 1, with batch normalisation: the shallower network, the deeper one. */
  plain: readonly [PlainSettings, PlainSettings];
  /** Figure 1, without. */
  unnormalised: readonly [PlainSettings, PlainSettings];
}

const optimizer = {
  kind: "momentum",
  momentum: 0.95,
  weightDecay: WEIGHT_DECAY,
} as const;

const smoke: TrainingPlan = {
  model: { kind: "resnet", depth: 8, block: "basic", width: 4 },
  data: { dataset: "textured-shapes", train: 400, validation: 100, test: 200 },
  optimizer,
  batchSize: 50,
  epochs: 3,
  augment: true,
  recordEvery: 1,
};

const small: TrainingPlan = {
  model: { kind: "resnet", depth: 8, block: "basic", width: 8 },
  data: { dataset: "cifar-10", train: 5000, validation: 2000, test: 4000 },
  optimizer,
  batchSize: 50,
  epochs: 20,
  augment: true,
  recordEvery: 10,
};

const paper: TrainingPlan = {
  model: { kind: "resnet", depth: 32, block: "basic", width: 64 },
  data: { dataset: "cifar-10", train: 45000, validation: 5000, test: 10000 },
  optimizer,
  batchSize: 128,
  epochs: 100,
  augment: true,
  recordEvery: 50,
};

/** What plain networks are made of. */
interface PlainOptions {
  depth: number;
  width: number;
  stemStride?: number;
  normalised?: boolean;
}

/**
 * Figure 1's network. All that the paper says of it is its depth and that it has no
 * shortcuts; batch normalisation is in the released code's network. Rates under the
 * released code's are those at which normal training moved the training loss within
 * the first epochs of a small one.
 */
function plain(
  training: TrainingPlan,
  rates: readonly number[],
  options: PlainOptions,
): PlainSettings {
  return {
    training: { ...training, model: { kind: "plainNetwork", ...options } },
    rates,
  };
}

/** Rates of networks without normalisation: those at which they move. */
const LOW = [0.01, 0.003];

/** The same without batch normalisation. */
const unnormalised = (
  training: TrainingPlan,
  rates: readonly number[],
  options: PlainOptions,
) => plain(training, rates, { ...options, normalised: false });

/** Figure 1 asks whether networks train, not when. */
const smallPlain: TrainingPlan = { ...small, evaluateEvery: 2 };

/** What each scale trains. */
export const settings: Readonly<Record<Scale, LossDecaySettings>> = {
  smoke: {
    seeds: 2,
    training: smoke,
    compared: { ...smoke, epochs: 4 },
    short: smoke,
    rates: [RATE],
    plain: [
      plain(smoke, [RATE], { depth: 5, width: 4, stemStride: 2 }),
      plain(smoke, [RATE], { depth: 8, width: 4, stemStride: 2 }),
    ],
    unnormalised: [
      unnormalised(smoke, [0.01], { depth: 5, width: 4, stemStride: 2 }),
      unnormalised(smoke, [0.01], { depth: 8, width: 4, stemStride: 2 }),
    ],
  },
  small: {
    seeds: 5,
    training: small,
    compared: { ...small, epochs: 40, evaluateEvery: 2 },
    short: { ...small, evaluateEvery: 2 },
    rates: [RATE, 0.02],
    plain: [
      plain(smallPlain, [RATE, 0.01], { depth: 40, width: 8, stemStride: 2 }),
      plain(smallPlain, [RATE, 0.01], { depth: 50, width: 8, stemStride: 2 }),
    ],
    unnormalised: [
      unnormalised(smallPlain, LOW, { depth: 40, width: 8, stemStride: 2 }),
      unnormalised(smallPlain, LOW, { depth: 50, width: 8, stemStride: 2 }),
    ],
  },
  paper: {
    seeds: 5,
    training: paper,
    compared: paper,
    short: { ...paper, epochs: 50 },
    rates: [RATE, 0.02],
    plain: [
      plain(paper, [RATE, 0.01], { depth: 40, width: 64 }),
      plain(paper, [RATE, 0.01], { depth: 50, width: 64 }),
    ],
    unnormalised: [
      unnormalised(paper, LOW, { depth: 40, width: 64 }),
      unnormalised(paper, LOW, { depth: 50, width: 64 }),
    ],
  },
};

/** The same training with g·g and gᵀHg measured once an epoch. */
export function withCurvature(training: TrainingPlan): TrainingPlan {
  return { ...training, curvatureEvery: stepsOf(training) / training.epochs };
}
