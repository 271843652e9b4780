/**
 * Nonmonotonic schedules, table 4: AlexNet, GoogLeNet and batch normalisation on
 * ImageNet.
 *
 * @module
 */
import { imagenet } from "../imagenet.ts";
import type { ModelSpec } from "../plan.ts";
import type { StudyItem } from "../study.ts";
import {
  drops,
  gaussianFrom,
  narrowGaussian,
  type TableNetwork,
} from "./networks.ts";
import { settings } from "./settings.ts";
import { tableItem } from "./table.ts";

/** What stands in for the networks and for ImageNet below the paper's scale. */
interface StandIns {
  alexnet: ModelSpec;
  googlenet: ModelSpec;
  normalised: ModelSpec;
  /** What stands in for what. */
  data: string;
}

const inception = (share: number): ModelSpec => ({
  kind: "googlenet",
  stem: "small",
  modules: [1, 1, 1],
  share,
  dropoutRate: 0.2,
});

const alexnet = (channels: number[], units: number): ModelSpec => ({
  kind: "alexnet",
  channels,
  stemSize: 5,
  stemStride: 1,
  units,
  initialisation: "he",
});

const standIns: Readonly<Record<"smoke" | "small", StandIns>> = {
  smoke: {
    alexnet: alexnet([4, 4, 4, 4, 4], 16),
    googlenet: inception(0.02),
    normalised: { ...inception(0.02), normalised: true },
    data: "generated images for ImageNet",
  },
  small: {
    alexnet: alexnet([16, 32, 48, 48, 32], 128),
    googlenet: inception(0.25),
    normalised: { ...inception(0.25), normalised: true },
    data: "CIFAR-10 for ImageNet",
  },
};

const step = drops(0.1, [0.25, 0.5, 0.75]);
const offset = gaussianFrom(1 / 3);

/** Peaks are three times the rate that steps start from, as the paper's are. */
const slow = { step, starts: [0.01], gaussian: offset, peaks: [0.03] };
const fast = { step, starts: [0.1], gaussian: offset, peaks: [0.3] };

/** A row: its networks' errors are the paper's, of the five highest outputs. */
type Row = Pick<TableNetwork, "name" | "paper"> & Partial<TableNetwork>;

const alexnetRow: Row = { name: "AlexNet", paper: [19.81, 19.67] };
const naiveRow: Row = {
  name: "AlexNet, naive",
  gaussian: narrowGaussian,
  paper: [19.81, 18.89],
};
const googlenetRow: Row = { name: "GoogLeNet", paper: [10.82, 10.39] };
const normalisedRow: Row = {
  name: "Batch normalisation",
  paper: [9.05, 8.68],
};

/** The networks on what stands in for ImageNet. */
function reduced(scale: "smoke" | "small"): TableNetwork[] {
  const { data, ...models } = standIns[scale];
  const trained = (model: ModelSpec) => ({
    training: { ...settings[scale].small, model, augment: true },
    standIn: data,
  });
  return [
    { ...slow, ...alexnetRow, ...trained(models.alexnet) },
    { ...slow, ...naiveRow, ...trained(models.alexnet) },
    { ...slow, ...googlenetRow, ...trained(models.googlenet) },
    { ...fast, ...normalisedRow, ...trained(models.normalised) },
  ];
}

/** The networks on ImageNet. */
function whole(): TableNetwork[] {
  const trained = (model: ModelSpec, epochs: number, weightDecay: number) => ({
    training: {
      model,
      data: imagenet,
      optimizer: { kind: "momentum", momentum: 0.9, weightDecay } as const,
      batchSize: 128,
      epochs,
      augment: true,
      top: 5,
      recordEvery: 1000,
    },
  });
  const alexnet = trained({ kind: "alexnet" }, 90, 5e-4);
  const googlenet = trained({ kind: "googlenet" }, 80, 2e-4);
  const normalised = trained(
    { kind: "googlenet", normalised: true },
    80,
    2e-4,
  );
  return [
    { ...slow, ...alexnetRow, ...alexnet },
    {
      ...slow,
      ...alexnetRow,
      name: "AlexNet, 180 epochs",
      ...alexnet,
      gaussianEpochs: 180,
      paper: [19.81, 19.06],
    },
    { ...slow, ...naiveRow, ...alexnet, gaussianEpochs: 270 },
    { ...slow, ...googlenetRow, ...googlenet },
    { ...fast, ...normalisedRow, ...normalised },
  ];
}

/** ImageNet. */
export const table4: StudyItem = tableItem({
  item: "table4",
  headline: false,
  smallestEffect: 0.2,
  networks: (scale) => scale === "paper" ? whole() : reduced(scale),
  remarks: [
    "The paper trains AlexNet with the Gaussian also 180 epochs, and 270 (naive), against 90 without. Below the paper's scale the row of 180 epochs is left out, and the naive one is trained as long as its baseline: what the longer training gains is not there.",
  ],
});
