/**
 * Loss decay, segmentation and pix2pix: what is trained at each scale.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import type { TrainingPlan } from "../plan.ts";

/** What a scale trains of one kind. */
export interface DenseSettings {
  /** Paired seeds. */
  seeds: number;
  /** The learning rate at the start. */
  rate: number;
  /** One training a data set. */
  trainings: readonly TrainingPlan[];
}

const scenes = {
  dataset: "drawn-scenes",
  train: 600,
  validation: 100,
  test: 300,
};

const smallSegmentation: TrainingPlan = {
  model: { kind: "pspnet", blocks: [2, 2], width: 16, headWidth: 32 },
  data: {
    dataset: "pascal-voc-48",
    train: 1264,
    validation: 200,
    test: 1449,
    standIn: scenes,
  },
  optimizer: { kind: "momentum", momentum: 0.95, weightDecay: 1e-4 },
  batchSize: 10,
  epochs: 20,
  augment: true,
  recordEvery: 10,
  evaluateEvery: 2,
};

/** Table 1 and figure 5: classes of pixels. */
export const segmentationSettings: Readonly<Record<Scale, DenseSettings>> = {
  smoke: {
    seeds: 2,
    rate: 0.02,
    trainings: [{
      ...smallSegmentation,
      model: { kind: "pspnet", blocks: [1, 1], width: 4 },
      data: { ...scenes, train: 40, validation: 10, test: 20 },
      epochs: 4,
      recordEvery: 1,
      evaluateEvery: 1,
    }],
  },
  small: { seeds: 5, rate: 0.02, trainings: [smallSegmentation] },
  paper: {
    seeds: 5,
    rate: 0.001,
    trainings: [{
      ...smallSegmentation,
      model: {
        kind: "pspnet",
        blocks: [3, 4, 23, 3],
        block: "bottleneck",
        width: 64,
        headWidth: 512,
      },
      data: {
        dataset: "pascal-voc",
        train: 1264,
        validation: 200,
        test: 1449,
        standIn: { ...scenes, train: 1900, test: 1000 },
      },
      batchSize: 4,
      epochs: 200,
      recordEvery: 50,
      evaluateEvery: 10,
    }],
  },
};

const pairs = { dataset: "edge-pairs", train: 300, validation: 60, test: 120 };

const smallTranslation: TrainingPlan = {
  model: { kind: "unet", levels: 5, width: 16 },
  discriminator: { kind: "patchDiscriminator", layers: 1, width: 16 },
  data: {
    dataset: "maps-64",
    train: 300,
    validation: 60,
    test: 120,
    standIn: pairs,
  },
  optimizer: { kind: "adam", beta1: 0.9, beta2: 0.999 },
  batchSize: 4,
  epochs: 20,
  augment: false,
  recordEvery: 10,
  evaluateEvery: 2,
};

/** The same training on Cityscapes; both have one stand-in. */
function onCityscapes(training: TrainingPlan, dataset: string): TrainingPlan {
  return { ...training, data: { ...training.data, dataset } };
}

const paperTranslation: TrainingPlan = {
  ...smallTranslation,
  model: { kind: "unet", levels: 8, width: 64 },
  discriminator: { kind: "patchDiscriminator", layers: 3, width: 64 },
  data: {
    dataset: "maps",
    train: 996,
    validation: 100,
    test: 1098,
    standIn: { ...pairs, train: 700, validation: 100, test: 200 },
  },
  batchSize: 1,
  epochs: 200,
  recordEvery: 50,
  evaluateEvery: 10,
};

/** Figure 6: images from images. */
export const translationSettings: Readonly<Record<Scale, DenseSettings>> = {
  smoke: {
    seeds: 2,
    rate: 2e-3,
    trainings: [{
      ...smallTranslation,
      model: { kind: "unet", levels: 3, width: 4 },
      discriminator: { kind: "patchDiscriminator", layers: 1, width: 4 },
      data: { ...pairs, train: 16, validation: 4, test: 8 },
      epochs: 4,
      recordEvery: 1,
      evaluateEvery: 1,
    }],
  },
  small: {
    seeds: 5,
    rate: 1e-3,
    trainings: [
      smallTranslation,
      onCityscapes(smallTranslation, "cityscapes-64"),
    ],
  },
  paper: {
    seeds: 5,
    rate: 2e-4,
    trainings: [
      paperTranslation,
      {
        ...paperTranslation,
        data: {
          ...paperTranslation.data,
          dataset: "cityscapes",
          train: 2875,
          test: 500,
        },
      },
    ],
  },
};
