/**
 * Loss decay, table 1 and figure 5: PSPNet on Pascal VOC.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { byArm, pairedDifferences } from "../comparisons.ts";
import type { RunPlan } from "../plan.ts";
import { judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import {
  type Finding,
  illustration,
  type Run,
  type StudyItem,
  tested,
} from "../study.ts";
import {
  fixedRate,
  lateWeight,
  negativeWeight,
  polyRate,
  weightedPlans,
} from "./arms.ts";
import { segmentationVerdict } from "./segmentation_verdict.ts";
import { segmentationSettings } from "./dense_settings.ts";
import {
  bestOf,
  byDataset,
  courseFigure,
  finalOf,
  intervalText,
  measuredTable,
  type Quantity,
  samplesFigure,
} from "./measured.ts";

/** The least gain that would matter, in points of mIoU; the paper's is 1.43. */
const SMALLEST_EFFECT = 0.5;

const BASELINE = "poly rate";
const WEIGHTED = "poly rate, figure 4a's weight";
const NEGATIVE = "poly rate, the released script's weight";
const CONSTANT = "constant rate";
const DECAYED = "constant rate, figure 4a's weight";

/** The paper's measure. */
export const MEAN_IOU: Quantity = {
  name: "meanIntersectionOverUnion",
  title: "mean intersection over union, %",
  factor: 100,
  digits: 2,
  more: true,
};

const ACCURACY: Quantity = {
  name: "pixelAccuracy",
  title: "pixels right, %",
  factor: 100,
  digits: 2,
  more: true,
};

/** The paper's baseline with and without the weight, and a rate that stays. */
export function segmentationPlans(
  scale: Scale,
  seeds: number = segmentationSettings[scale].seeds,
): RunPlan[] {
  const { rate, trainings } = segmentationSettings[scale];
  return trainings.flatMap((training) =>
    weightedPlans(training, {
      [BASELINE]: { learningRate: polyRate(rate) },
      [WEIGHTED]: { learningRate: polyRate(rate), gradientWeight: lateWeight },
      [NEGATIVE]: {
        learningRate: polyRate(rate),
        gradientWeight: negativeWeight,
      },
      [CONSTANT]: { learningRate: fixedRate(rate) },
      [DECAYED]: { learningRate: fixedRate(rate), gradientWeight: lateWeight },
    }, seeds)
  );
}

/** A gain over paired seeds, in words. */
function gain(
  runs: readonly Run[],
  [better, worse]: readonly [string, string],
  of: (run: Run) => number,
): string {
  const arms = byArm(runs);
  const { mean, low, high } = tInterval(
    pairedDifferences(arms.get(better)!, arms.get(worse)!, of),
  );
  return `${mean.toFixed(2)} points [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function judgeGain(runs: readonly Run[]): Finding {
  const arms = byArm(runs);
  return tested(
    judge(
      pairedDifferences(
        arms.get(WEIGHTED)!,
        arms.get(BASELINE)!,
        finalOf(MEAN_IOU),
      ),
      SMALLEST_EFFECT,
    ),
    "points of mIoU",
    `mIoU of the last epoch, "${WEIGHTED}" minus "${BASELINE}"; the paper does not say which weight it used. Figure 4a's is read over the whole training; in the released script of 200 epochs it is below 0 from half-way`,
    [
      `Last epoch: ${
        [...arms].map(([name, arm]) =>
          `${name} ${intervalText(arm, finalOf(MEAN_IOU), 2)} %`
        ).join("; ")
      }`,
      `Best epoch, same comparison: ${
        gain(runs, [WEIGHTED, BASELINE], bestOf(MEAN_IOU))
      }`,
      `The released script's weight (here on every batch; there on a random half of them) minus none: ${
        gain(runs, [NEGATIVE, BASELINE], finalOf(MEAN_IOU))
      }`,
      `At a constant rate, with the weight minus without: ${
        gain(runs, [DECAYED, CONSTANT], finalOf(MEAN_IOU))
      }`,
    ],
  );
}

/** mIoU with and without the weight. */
export const table1: StudyItem = {
  item: "table1",
  headline: true,
  plans: segmentationPlans,
  judge: segmentationVerdict(judgeGain),
  figures: (runs) => [
    measuredTable(
      runs,
      [MEAN_IOU, ACCURACY],
      "PSPNet with and without the weight",
    ),
    courseFigure(runs, MEAN_IOU),
  ],
};

/** What the networks of table 1 see. */
export const fig5: StudyItem = {
  item: "fig5",
  headline: false,
  plans: segmentationPlans,
  judge: () =>
    illustration([
      "Classes have Pascal VOC's colours; white is ignored.",
    ]),
  figures: (runs) =>
    byDataset(runs).flatMap((own) =>
      samplesFigure(own, "Classes of pixels, as PSPNet sees them")
    ),
};
