/**
 * Nonmonotonic schedules, table 3: its networks at each scale.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import type { DataPlan, ModelSpec, TrainingPlan } from "../plan.ts";
import {
  drops,
  gaussianFrom,
  narrowGaussian,
  type TableNetwork,
} from "./networks.ts";
import { settings } from "./settings.ts";

/** What a network is, whatever the scale. */
type Family = Pick<TableNetwork, "name" | "step" | "gaussian">;

/** What ResNets and the networks after them have in common. */
const halving = { step: drops(0.1, [0.5, 0.75]), gaussian: narrowGaussian };

const networkInNetwork: Family = { ...halving, name: "NIN" };
const resnet: Family = { ...halving, name: "ResNet-110" };
const densenet: Family = { ...halving, name: "DenseNet-BC (100, 12)" };
const largeDensenet: Family = { ...halving, name: "DenseNet-BC (190, 40)" };
const wideResnet: Family = {
  name: "WRN-28-10-dropout",
  step: drops(0.2, [0.3, 0.6, 0.8]),
  // The paper's exception: the peak is twice the start.
  gaussian: gaussianFrom(1 / 2),
};

/** Both schedules at the same rates. */
const bothAt = (...rates: number[]) => ({ starts: rates, peaks: rates });

/** A rate for the steps to start from, another for the Gaussian's peak. */
const upTo = (start: number, peak: number) => ({
  starts: [start],
  peaks: [peak],
});

/** The small model's training, of another network on augmented images. */
function trainingOf(
  scale: Scale,
  model: ModelSpec,
  rest: Partial<TrainingPlan> = {},
): TrainingPlan {
  return { ...settings[scale].small, model, augment: true, ...rest };
}

const standIn = "CIFAR-10 for CIFAR-100";

/** CIFAR-100 where it is at hand, else CIFAR-10; of as many images. */
const hundred: DataPlan = {
  ...settings.small.small.data,
  dataset: "cifar-100",
  standIn: settings.small.small.data,
};

const nesterov = { kind: "nesterov", momentum: 0.9 } as const;

const cifar100: DataPlan = {
  ...settings.paper.small.data,
  dataset: "cifar-100",
};

/** The networks' own trainings. */
const paperTraining = {
  resnet: trainingOf("paper", {
    kind: "resnet",
    depth: 110,
    block: "basic",
    width: 16,
  }, {
    optimizer: { kind: "momentum", momentum: 0.9, weightDecay: 1e-4 },
    epochs: 270,
  }),
  densenet: (depth: number, growth: number) =>
    trainingOf("paper", { kind: "densenet", depth, growth }, {
      data: cifar100,
      optimizer: { ...nesterov, weightDecay: 1e-4 },
      batchSize: 64,
      epochs: 300,
    }),
};

/** The networks; below the paper's scale DenseNets of two sizes would be the same. */
export const tableNetworks: Readonly<Record<Scale, readonly TableNetwork[]>> = {
  smoke: [
    {
      ...networkInNetwork,
      training: trainingOf("smoke", {
        kind: "networkInNetwork",
        channels: Array(8).fill(4),
        initialisation: "he",
      }),
      ...bothAt(0.03),
      paper: [8.81, 7.22],
    },
    {
      ...resnet,
      training: trainingOf("smoke", {
        kind: "resnet",
        depth: 8,
        block: "basic",
        width: 4,
      }),
      ...bothAt(0.1),
      paper: [6.41, 5.34],
    },
  ],
  small: [
    {
      ...networkInNetwork,
      training: trainingOf("small", {
        kind: "networkInNetwork",
        channels: [16, 16, 16, 32, 32, 32, 32, 32],
        dropoutRate: 0,
        initialisation: "he",
        rectifiedOutput: false,
      }),
      ...bothAt(0.01, 0.03),
      paper: [8.81, 7.22],
    },
    {
      ...resnet,
      training: trainingOf("small", {
        kind: "resnet",
        depth: 8,
        block: "basic",
        width: 16,
      }),
      ...bothAt(0.1, 0.3),
      paper: [6.41, 5.34],
    },
    {
      ...densenet,
      training: trainingOf("small", {
        kind: "densenet",
        depth: 10,
        growth: 2,
      }, { data: hundred, optimizer: { ...nesterov, weightDecay: 5e-4 } }),
      ...upTo(0.1, 0.3),
      paper: [22.47, 22.17],
      standIn,
    },
    {
      ...wideResnet,
      training: trainingOf("small", {
        kind: "wideResnet",
        depth: 10,
        widen: 1,
        dropoutRate: 0.3,
      }, { data: hundred, optimizer: { ...nesterov, weightDecay: 5e-4 } }),
      ...upTo(0.1, 0.2),
      paper: [18.44, 18.03],
      standIn,
    },
  ],
  paper: [
    {
      ...networkInNetwork,
      training: trainingOf("paper", { kind: "networkInNetwork" }, {
        optimizer: { kind: "momentum", momentum: 0.9, weightDecay: 1e-4 },
        epochs: 720,
      }),
      ...upTo(0.1, 0.3),
      paper: [8.81, 7.22],
    },
    {
      ...resnet,
      training: paperTraining.resnet,
      ...upTo(0.1, 0.3),
      paper: [6.41, 5.34],
    },
    {
      ...resnet,
      name: "ResNet-110 on CIFAR-100",
      training: { ...paperTraining.resnet, data: cifar100 },
      ...upTo(0.1, 0.3),
      paper: [27.815, 25.71],
    },
    {
      ...densenet,
      training: paperTraining.densenet(100, 12),
      ...upTo(0.1, 0.3),
      paper: [22.47, 22.17],
    },
    {
      ...largeDensenet,
      training: paperTraining.densenet(190, 40),
      ...upTo(0.1, 0.3),
      paper: [17.18, 16.86],
    },
    {
      ...wideResnet,
      training: trainingOf("paper", {
        kind: "wideResnet",
        depth: 28,
        widen: 10,
        dropoutRate: 0.3,
      }, {
        data: cifar100,
        optimizer: { ...nesterov, weightDecay: 5e-4 },
        epochs: 200,
      }),
      ...upTo(0.1, 0.2),
      paper: [18.44, 18.03],
    },
  ],
};
