/**
 * Nonmonotonic schedules, table 4: AlexNet, GoogLeNet and batch normalisation on
 * ImageNet.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
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

/**
 * The networks at a scale; the errors are the paper's top-5. Peaks are three times
 * the rate that steps start from, as the paper's are.
 */
function networks(scale: Scale): TableNetwork[] {
  // ImageNet does not fit into memory, which is where Slope holds data sets.
  if (scale === "paper") return [];
  const { data, ...models } = standIns[scale];
  const step = drops(0.1, [0.25, 0.5, 0.75]);
  const offset = gaussianFrom(1 / 3);
  const row = (
    name: string,
    model: ModelSpec,
    paper: TableNetwork["paper"],
    [start, peak]: readonly [start: number, peak: number],
    gaussian = offset,
  ): TableNetwork => ({
    name,
    training: { ...settings[scale].small, model, augment: true },
    step,
    starts: [start],
    gaussian,
    peaks: [peak],
    paper,
    standIn: data,
  });
  return [
    row("AlexNet", models.alexnet, [19.81, 19.67], [0.01, 0.03]),
    row(
      "AlexNet, naive",
      models.alexnet,
      [19.81, 18.89],
      [0.01, 0.03],
      narrowGaussian,
    ),
    row("GoogLeNet", models.googlenet, [10.82, 10.39], [0.01, 0.03]),
    row("Batch normalisation", models.normalised, [9.05, 8.68], [0.1, 0.3]),
  ];
}

/** ImageNet. */
export const table4: StudyItem = tableItem({
  item: "table4",
  headline: false,
  smallestEffect: 0.2,
  networks,
  remarks: [
    "The paper trains AlexNet with the Gaussian also 180 epochs, and 270 (naive), against 90 without. Here the row of 180 epochs is left out, and the naive one is trained as long as its baseline: what the longer training gains is not there.",
  ],
});
