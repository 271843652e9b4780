/**
 * k-decay, figure 4: ImageNet error of a ResNet-50 against k.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import type { Scale } from "../catalogue.ts";
import { errorCurves, finalErrorSeries } from "../charts.ts";
import { byArm, finalError, pairedDifferences } from "../comparisons.ts";
import { pairedPlans, type TrainingPlan } from "../plan.ts";
import { imagenet } from "../imagenet.ts";
import { onStandIn } from "../stand_in.ts";
import { judge, together } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { kName } from "./networks.ts";
import { kDecayRate, settings } from "./settings.ts";

/** The least gain that would matter, in points of test error. */
const SMALLEST_EFFECT = 0.2;

/** The k that the paper tells of. */
const KS = [1, 1.5, 2];

/** A ResNet of the large-image design, on ImageNet or on what stands in for it. */
function training(scale: Scale): TrainingPlan {
  const { basic } = settings[scale];
  if (scale === "paper") {
    return {
      ...basic,
      model: { kind: "imagenetResnet" },
      data: imagenet,
      batchSize: 256,
      epochs: 90,
      recordEvery: 1000,
    };
  }
  const size = scale === "smoke"
    ? { blocks: [1, 1], width: 4 }
    : { blocks: [1, 1, 1, 1], width: 16 };
  return {
    ...basic,
    model: { kind: "imagenetResnet", ...size },
    ...scale === "small" ? { evaluateEvery: 5 } : {},
  };
}

/** k = 1 minus another k, by seed. */
function gains(runs: readonly Run[], k: number, from = 1): number[] {
  const arms = byArm(runs);
  return pairedDifferences(
    arms.get(kName(from))!,
    arms.get(kName(k))!,
    finalError("test"),
  );
}

const judgeGains = judgedAt((runs) => {
  const parts = [
    {
      what: "k = 1 minus k = 1.5",
      ...judge(gains(runs, 1.5), SMALLEST_EFFECT),
    },
    {
      what: "k = 1 minus k = 2",
      ...judge(gains(runs, 2), SMALLEST_EFFECT),
    },
    {
      what: "k = 2 minus k = 1.5",
      ...judge(gains(runs, 1.5, 2), SMALLEST_EFFECT),
    },
  ];
  const { interval } = parts[0]!;
  return tested(
    {
      verdict: together(parts.map(({ verdict }) => verdict)),
      interval,
      p: Math.max(...parts.map(({ p }) => p)),
    },
    "points",
    "test error of k = 1 minus that of k = 1.5; the claim has three parts",
    parts.map(({ what, interval: { mean, low, high } }) =>
      `${what}: ${mean.toFixed(2)} points [${low.toFixed(2)}, ${
        high.toFixed(2)
      }]; the paper's: ${
        { "k = 1 minus k = 1.5": 1.25, "k = 1 minus k = 2": 0.5 }[what] ??
          0.75
      }`
    ),
  );
});

/** Error against k: 1.5 gains most, 2 less. */
export const fig4: StudyItem = {
  item: "fig4",
  headline: false,
  plans(scale: Scale, seeds = settings[scale].seeds) {
    const own = training(scale);
    return [
      ...pairedPlans(
        own,
        Object.fromEntries(KS.map((k) => [kName(k), kDecayRate(own, k)])),
        seeds,
      ),
      ...scale === "paper" ? [] : linearPlans(own, seeds),
    ];
  },
  judge(runs, scale) {
    return scale === "paper"
      ? judgeGains(runs, scale)
      : onStandIn(judgeGains, "CIFAR-10 for ImageNet")(runs, scale);
  },
  figures(runs) {
    const arms = byArm(runs);
    const caption = "Points are means over seeds, the band 95 % t intervals.";
    return [
      errorCurves(runs, {
        title: "Test error of a ResNet for large images",
        names: KS.map(kName),
      }),
      {
        caption,
        figure: lineFigure({
          title: "Last test error against k",
          caption,
          x: { title: "k" },
          y: { title: "test error", unit: "%" },
          series: [
            finalErrorSeries(
              "ResNet",
              KS.map((k) => [k, arms.get(kName(k))!] as const),
            ),
          ],
        }),
      },
    ];
  },
};
