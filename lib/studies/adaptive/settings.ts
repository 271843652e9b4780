/**
 * Adaptive rates: what is trained at each scale.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import type { TrainingPlan } from "../plan.ts";

/** Where the paper's rate of ResNet-18 settles. */
export const PAPER_CONVERGED = 0.05;

/**
 * Where the small ResNet-18's rate ends, from 0.01: the geometric mean of 0.25, 0.27,
 * 0.15, 0.32 and 0.28 (figure 4's five seeds).
 */
const SMALL_CONVERGED = 0.25;

/** What a scale trains. */
export interface AdaptiveSettings {
  /** Paired seeds. */
  seeds: number;
  /** Linear regression, full batch. */
  linear: TrainingPlan;
  /** Softmax regression as the released program trains it, on all images. */
  released: TrainingPlan;
  /** Softmax regression on each data set. */
  logistic: readonly TrainingPlan[];
  /** LeNet without dropout. */
  lenet: TrainingPlan;
  /** The rate that LeNet starts at. */
  lenetRate: number;
  /** Section 6.1's ε beside 1e-5, the smaller end first. */
  epsilons: readonly [number, number];
  /** ResNet-18 with dropout. */
  resnet: TrainingPlan;
  /**
   * Section 5.1: the rate that the rule converges to on it from 0.01; the paper's, where
   * figure 4 was not run.
   */
  converged: number;
  /** The same for the rows without a claim, compared over its own length. */
  brief: TrainingPlan;
  /** The same on the data with a hundred classes. */
  hundred: TrainingPlan;
}

const sgd = { kind: "sgd" } as const;

const shared = {
  optimizer: sgd,
  augment: false,
  recordEvery: 10,
} as const;

const regression: TrainingPlan = {
  ...shared,
  model: { kind: "mlp", deviation: 1 },
  data: {
    dataset: "boston-housing",
    train: 404,
    validation: 0,
    test: 102,
    raw: true,
  },
  batchSize: 404,
  epochs: 1000,
  evaluateEvery: 25,
  recordEvery: 5,
};

const softmax: TrainingPlan = {
  ...shared,
  model: { kind: "mlp", bias: false },
  data: {
    dataset: "mnist",
    train: 60000,
    validation: 0,
    test: 10000,
    raw: true,
  },
  batchSize: 32,
  epochs: 20,
};

function onFashion(training: TrainingPlan): TrainingPlan {
  const data = { ...training.data, dataset: "fashion-mnist" };
  return { ...training, data };
}

const drawn: TrainingPlan = {
  ...shared,
  model: { kind: "lenet" },
  data: { dataset: "textured-shapes", train: 200, validation: 50, test: 100 },
  batchSize: 50,
  epochs: 2,
  recordEvery: 1,
};

const drawnResnet: TrainingPlan = {
  ...drawn,
  model: {
    kind: "resnet18",
    blocks: 1,
    widths: [4, 4, 4, 4],
    dropoutRate: 0.5,
  },
};

const smallLenet: TrainingPlan = {
  ...shared,
  model: { kind: "lenet" },
  data: { dataset: "cifar-10", train: 5000, validation: 500, test: 2000 },
  batchSize: 64,
  epochs: 20,
};

const smallResnet: TrainingPlan = {
  ...smallLenet,
  model: {
    kind: "resnet18",
    blocks: 1,
    widths: [16, 16, 32, 32],
    // With 0.5 a network this narrow stays above a linear model.
    dropoutRate: 0.2,
  },
  batchSize: 50,
};

const smallSoftmax: TrainingPlan = {
  ...softmax,
  data: { ...softmax.data, train: 5000, test: 4000 },
};

const lenet: TrainingPlan = {
  ...smallLenet,
  data: { dataset: "cifar-10", train: 40000, validation: 10000, test: 10000 },
  batchSize: 32,
  epochs: 60,
  recordEvery: 50,
};

const resnet: TrainingPlan = {
  ...lenet,
  model: { kind: "resnet18", dropoutRate: 0.5 },
  batchSize: 256,
  epochs: 40,
  recordEvery: 20,
};

/** What each scale trains. */
export const settings: Readonly<Record<Scale, AdaptiveSettings>> = {
  smoke: {
    seeds: 2,
    linear: {
      ...regression,
      data: {
        ...regression.data,
        dataset: "noisy-plane",
        train: 400,
        test: 50,
      },
      batchSize: 400,
      epochs: 50,
    },
    released: {
      ...softmax,
      data: { ...softmax.data, dataset: "drawn-digits", train: 320, test: 50 },
      epochs: 2,
      recordEvery: 1,
    },
    logistic: [{
      ...softmax,
      data: { ...softmax.data, dataset: "drawn-digits", train: 160, test: 50 },
      epochs: 2,
      recordEvery: 1,
    }],
    lenet: drawn,
    lenetRate: 0.05,
    epsilons: [1e-7, 1e-2],
    resnet: drawnResnet,
    converged: PAPER_CONVERGED,
    brief: { ...drawnResnet, epochs: 1 },
    hundred: { ...drawnResnet, epochs: 1, batchSize: 40 },
  },
  small: {
    seeds: 5,
    linear: regression,
    released: { ...softmax, epochs: 2, recordEvery: 5 },
    logistic: [smallSoftmax, onFashion(smallSoftmax)],
    lenet: smallLenet,
    lenetRate: 0.05,
    epsilons: [1e-7, 1e-2],
    resnet: smallResnet,
    converged: SMALL_CONVERGED,
    brief: { ...smallResnet, epochs: 6 },
    hundred: {
      ...smallResnet,
      data: {
        dataset: "cifar-100",
        train: 5000,
        validation: 500,
        test: 2000,
        standIn: {
          dataset: "cifar-100-subset",
          train: 900,
          validation: 100,
          test: 200,
        },
      },
      batchSize: 50,
    },
  },
  paper: {
    seeds: 5,
    linear: regression,
    released: { ...softmax, recordEvery: 5 },
    logistic: [softmax, onFashion(softmax)],
    lenet,
    lenetRate: 0.01,
    epsilons: [1e-7, 1e-2],
    resnet,
    converged: PAPER_CONVERGED,
    brief: resnet,
    hundred: { ...resnet, data: { ...resnet.data, dataset: "cifar-100" } },
  },
};

/** LeNet with the released program's dropout after both hidden dense layers. */
export function withDropout(training: TrainingPlan): TrainingPlan {
  return { ...training, model: { kind: "lenet", dropoutRate: 0.5 } };
}

/** Four steps on each batch, as often recorded. */
export function withFourUpdates(training: TrainingPlan): TrainingPlan {
  return {
    ...training,
    updatesPerBatch: 4,
    recordEvery: 4 * training.recordEvery,
  };
}
