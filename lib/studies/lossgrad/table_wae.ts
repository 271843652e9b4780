/**
 * LOSSGRAD, the table of the Wasserstein autoencoder.
 *
 * @module
 */
import { imageSheetFigure } from "../../figures/image_sheet_figure.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import type { Scale } from "../catalogue.ts";
import { byArm, pairedDifferences } from "../comparisons.ts";
import {
  controlledPlans,
  pairedPlans,
  type RunPlan,
  type TrainingPlan,
} from "../plan.ts";
import { samplePicture } from "../samples.ts";
import { jointly, judge } from "../statistics.ts";
import {
  type CaptionedFigure,
  type Finding,
  type Run,
  type StudyItem,
  tested,
} from "../study.ts";
import {
  extraPlans,
  LOSSGRAD,
  lossgradSpec,
  type Method,
  methodArm,
  methodPlans,
} from "./arms.ts";
import { finalLoss, leastLoss } from "./courses.ts";
import { onRealData } from "./on_real_data.ts";
import { lossFigure, rateFigure, resultTable } from "./pictures.ts";
import { settings } from "./settings.ts";

/** The least excess of LOSSGRAD's loss that would matter, as a share of the other's. */
const SMALLEST_EFFECT = 0.02;

/** What LOSSGRAD is to lose to. */
const METHODS: readonly Method[] = ["SGD", "WNGrad"];

/** The optimizer that the autoencoder was published with. */
const ORIGINAL = "Adam, original";

/** Adam's rate, halved after 3/10 of the training, a tenth after 1/2. */
function originalPlans(training: TrainingPlan, seeds: number): RunPlan[] {
  return pairedPlans({ ...training, optimizer: { kind: "adam", beta1: 0.5 } }, {
    [ORIGINAL]: {
      kind: "piecewiseConstant",
      points: [
        { step: 0, value: 1e-3 },
        { step: { fraction: 0.3 }, value: 5e-4 },
        { step: { fraction: 0.5 }, value: 1e-4 },
      ],
    },
  }, seeds);
}

/** Each method at the rate that suits it on the validation split. */
function bestOf(runs: readonly Run[], scale: Scale) {
  const arms = byArm(runs);
  return METHODS.map((method) =>
    leastLoss(
      arms,
      settings[scale].waeRates.map((rate) => methodArm(method, rate)),
    )
  );
}

/** ln of the last test loss: its differences are those of shares. */
const logLoss = (run: Run) => Math.log(finalLoss("test")(run));

function judgeLag(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const own = arms.get(LOSSGRAD)!;
  const lags = bestOf(runs, scale).map(({ name, arm }) => ({
    name,
    ...judge(
      pairedDifferences(own, arm, logLoss),
      Math.log(1 + SMALLEST_EFFECT),
    ),
  }));
  const percent = (ln: number) => 100 * (Math.exp(ln) - 1);
  const { interval: { mean, low, high }, ...first } = lags[0]!;
  const last = (quantity: (run: Run) => number) =>
    tInterval([...own.values()].map(quantity)).mean.toPrecision(3);
  return tested(
    {
      ...jointly(lags),
      interval: {
        ...lags[0]!.interval,
        mean: percent(mean),
        low: percent(low),
        high: percent(high),
      },
    },
    "%",
    `by how much the last test loss of LOSSGRAD is above that of ${first.name}, the best fixed rate on the validation split; the claim also wants it above that of ${
      lags.slice(1).map(({ name }) => name).join(" and ")
    }`,
    [
      ...lags.map(({ name, interval, verdict }) =>
        `LOSSGRAD above ${name}: ${percent(interval.mean).toFixed(1)} [${
          percent(interval.low).toFixed(1)
        }, ${percent(interval.high).toFixed(1)}] % (${verdict})`
      ),
      `LOSSGRAD: last test loss ${last(finalLoss("test"))}, square error ${
        last(({ evaluation }) => evaluation.test!.error.at(-1)!)
      }`,
      "The loss is the mean square error of values in [0, 1], and λ/p times the distance of codes from the prior: λ = 100 for p = 12,288 values, in proportion for others.",
    ],
  );
}

/** Test pictures and what the networks of the first seed make of them. */
function pictures(runs: readonly Run[]): CaptionedFigure[] {
  const shown = [...byArm(runs)].flatMap(([name, arm]) => {
    const samples = [...arm.values()].find((run) => run.samples)?.samples;
    return samples ? [{ name, samples }] : [];
  });
  const first = shown[0]?.samples;
  const size = first?.input[0] && samplePicture(first.input[0]);
  if (!first || !size) return [];
  const images = (files: readonly string[]) =>
    files.map((file) => samplePicture(file).colours);
  const caption = `The first test examples of ${
    runs[0]!.plan.training.data.dataset
  }, and what the networks of the first seed make of them.`;
  return [{
    caption,
    figure: imageSheetFigure({
      title: "Pictures through a Wasserstein autoencoder",
      caption,
      shape: [size.height, size.width, 3],
      rows: [
        { name: "input", images: images(first.input) },
        ...shown.map(({ name, samples }) => ({
          name,
          images: images(samples.output),
        })),
      ],
    }),
  }];
}

/** LOSSGRAD on a Wasserstein autoencoder beside SGD, WNGrad, Adam and others. */
export const tableWae: StudyItem = {
  item: "table-wae",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { wae, waeRates } = settings[scale];
    return [
      ...methodPlans(wae, METHODS, waeRates, seeds),
      ...originalPlans(wae, seeds),
      ...controlledPlans(wae, { [LOSSGRAD]: lossgradSpec() }, seeds),
      ...extraPlans(wae, seeds),
    ];
  },
  judge: onRealData(
    judgeLag,
    "celeba",
    "textured shapes for CelebA, whose folder is not there",
  ),
  figures(runs, scale) {
    const names = [
      ...bestOf(runs, scale).map(({ name }) => name),
      ORIGINAL,
      LOSSGRAD,
    ];
    return [
      resultTable(runs, {
        title: "A Wasserstein autoencoder",
        errors: false,
        extra: {
          "square error": ({ status, evaluation }) =>
            evaluation.test!.error.at(status === "diverged" ? 0 : -1)!,
        },
      }),
      lossFigure(runs, {
        title: "Test loss of a Wasserstein autoencoder",
        names,
      }),
      rateFigure(runs, {
        title: "Step sizes of a Wasserstein autoencoder",
        names: [LOSSGRAD],
        batches: Infinity,
      }),
      ...pictures(runs),
    ];
  },
};
