/**
 * Nonmonotonic schedules, table 1: ensembles of one to five networks, trained with
 * steps and with the Gaussian.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { tableFigure } from "../../figures/table_figure.ts";
import type { Scale } from "../catalogue.ts";
import { byArm, chosenOnValidation } from "../comparisons.ts";
import { meanEnsembleError } from "../ensembles.ts";
import { intervalText } from "../interval_text.ts";
import { pairedPlans, type TrainingPlan } from "../plan.ts";
import { type Predictions, unpack } from "../predictions.ts";
import { judge, pseudoValues } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import {
  type CaptionedFigure,
  type Run,
  type StudyItem,
  tested,
} from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { schedules, settings } from "./settings.ts";

/** The least difference that would matter, in points of test error. */
const SMALLEST_EFFECT = 0.2;

/** The most networks of an ensemble in the paper. */
const MOST = 5;

const METHODS = ["step", "Gaussian"] as const;
type Method = typeof METHODS[number];

/** The paper's errors in percent, of 1 to 5 networks. */
const PAPER: Readonly<Record<Method, readonly number[]>> = {
  step: [18.79, 17.49, 17.13, 17.09, 16.75],
  Gaussian: [16.91, 15.98, 15.37, 14.88, 14.89],
};

const arm = (method: Method, rate: number) => `${method}, ${rate}`;

const trainingOf = (scale: Scale): TrainingPlan => ({
  ...settings[scale].small,
  keepPredictions: true,
});

/** What the networks of a method predict, one a seed, at the rate that suits it. */
function networksOf(
  runs: readonly Run[],
  method: Method,
  scale: Scale,
): Predictions[] {
  const arms = byArm(runs);
  const names = settings[scale].rates.map((rate) => arm(method, rate));
  const chosen = arms.get(chosenOnValidation(arms, names))!;
  return [...chosen.values()].map(({ predictions }) => unpack(predictions!));
}

/** The networks of both methods that remain when only some seeds do. */
function errorOf(networks: readonly Predictions[]) {
  return (size: number) => (kept: readonly number[]) =>
    meanEnsembleError(kept.map((i) => networks[i]!), size);
}

/** Sizes of ensembles that the seeds suffice for. */
const sizesOf = ({ length }: readonly Predictions[]) =>
  Array.from({ length: Math.min(MOST, length) }, (_, i) => i + 1);

/** Mean errors by size; intervals where a seed can be left out. */
function curve(networks: readonly Predictions[]) {
  const error = errorOf(networks);
  return sizesOf(networks).map((size) => {
    const mean = meanEnsembleError(networks, size);
    if (size === networks.length) return { size, mean, low: NaN, high: NaN };
    const { low, high } = tInterval(
      pseudoValues(networks.length, error(size)),
    );
    return { size, mean, low, high };
  });
}

/** `0.52 [0.31, 0.73]`, or the mean alone. */
function cell(point: ReturnType<typeof curve>[number]): string {
  return Number.isNaN(point.low) ? point.mean.toFixed(2) : intervalText(point);
}

const CAPTION =
  "Mean test error of all ensembles of that many of the networks, which average their class probabilities; intervals: 95 %, by the jackknife over seeds. Each schedule at the rate that suits it on the validation split.";

function figures(runs: readonly Run[], scale: Scale): CaptionedFigure[] {
  const curves = METHODS.map((method) =>
    [method, curve(networksOf(runs, method, scale))] as const
  );
  return [{
    caption: CAPTION,
    figure: lineFigure({
      title: "Test error of ensembles",
      caption: CAPTION,
      x: { title: "networks" },
      y: { title: "test error", unit: "%" },
      series: curves.map(([name, points]) => ({
        name,
        x: points.map(({ size }) => size),
        y: points.map(({ mean }) => mean),
        low: points.map(({ low }) => low),
        high: points.map(({ high }) => high),
        markers: true,
      })),
    }),
  }, {
    caption: CAPTION,
    figure: tableFigure({
      title: "Test error of ensembles in %, beside the paper's",
      caption: CAPTION,
      columns: [
        { title: "networks", align: "right" },
        ...METHODS.flatMap((method) => [
          { title: method, align: "right" as const },
          { title: `${method}, the paper`, align: "right" as const },
        ]),
      ],
      rows: curves[0]![1].map(({ size }, i) => [
        `${size}`,
        ...curves.flatMap(([method, points]) => [
          cell(points[i]!),
          `${PAPER[method][i]}`,
        ]),
      ]),
    }),
  }];
}

/** Ensembles. */
export const table1: StudyItem = {
  item: "table1",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const training = trainingOf(scale);
    const arms = METHODS.flatMap((method) =>
      settings[scale].rates.map((rate) =>
        [arm(method, rate), schedules[method](training, rate)] as const
      )
    );
    return [
      ...pairedPlans(training, Object.fromEntries(arms), seeds),
      ...linearPlans(settings[scale].small, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const step = networksOf(runs, "step", scale);
    const gaussian = networksOf(runs, "Gaussian", scale);
    const fewer = Math.min(MOST, step.length) - 1;
    const [together, alone] = [errorOf(step)(fewer), errorOf(gaussian)(1)];
    const result = judge(
      pseudoValues(step.length, (kept) => together(kept) - alone(kept)),
      SMALLEST_EFFECT,
    );
    const single = meanEnsembleError(gaussian, 1);
    const steps = curve(step);
    const needed = steps.find(({ mean }) => mean <= single)?.size;
    return tested(
      result,
      "points",
      `test error of ${fewer} step networks together minus that of one Gaussian network: above 0, fewer than ${
        fewer + 1
      } are not enough; jackknife over seeds`,
      [
        needed === undefined
          ? `${steps.length} step networks together are still worse than one Gaussian network (${
            single.toFixed(2)
          } %).`
          : `${needed} step networks together are as good as one Gaussian network (${
            single.toFixed(2)
          } %).`,
        ...steps.map((point, i) =>
          `${point.size} step: ${cell(point)} %; ${point.size} Gaussian: ${
            cell(curve(gaussian)[i]!)
          } %`
        ),
      ],
    );
  }),
  figures: (runs, scale) => figures(runs, scale),
};
