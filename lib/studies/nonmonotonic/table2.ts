/**
 * Nonmonotonic schedules, table 2: Network in Network on MNIST.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import type { StudyItem } from "../study.ts";
import { drops, narrowGaussian, type TableNetwork } from "./networks.ts";
import { settings } from "./settings.ts";
import { tableItem } from "./table.ts";

/** What each scale trains. */
const trained: Readonly<
  Record<Scale, Pick<TableNetwork, "training" | "starts" | "peaks">>
> = {
  smoke: {
    training: {
      ...settings.smoke.small,
      model: {
        kind: "networkInNetwork",
        channels: Array(8).fill(4),
        initialisation: "he",
      },
      data: { ...settings.smoke.small.data, dataset: "drawn-digits" },
    },
    starts: [0.03],
    peaks: [0.03],
  },
  small: {
    training: {
      ...settings.small.small,
      model: {
        kind: "networkInNetwork",
        channels: [16, 16, 16, 32, 32, 32, 32, 32],
        dropoutRate: 0,
        initialisation: "he",
        rectifiedOutput: false,
      },
      data: { ...settings.small.small.data, dataset: "mnist" },
      batchSize: 25,
    },
    starts: [0.01, 0.03],
    peaks: [0.01, 0.03],
  },
  paper: {
    training: {
      ...settings.paper.small,
      model: { kind: "networkInNetwork" },
      data: { dataset: "mnist", train: 55000, validation: 5000, test: 10000 },
      epochs: 167,
    },
    starts: [0.1],
    peaks: [0.3],
  },
};

/** MNIST. */
export const table2: StudyItem = tableItem({
  item: "table2",
  headline: false,
  // The paper's gain is 0.13 points.
  smallestEffect: 0.1,
  networks: (scale) => [{
    ...trained[scale],
    name: "NIN",
    step: drops(0.1, [0.5, 0.75]),
    gaussian: narrowGaussian,
    paper: [0.47, 0.34],
  }],
});
