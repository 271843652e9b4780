/**
 * LOSSGRAD, the Fashion-MNIST table: an autoencoder.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, armMean, byArm, pairedDifferences } from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import { judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import {
  extraPlans,
  LOSSGRAD,
  lossgradSpec,
  type Method,
  methodArm,
  methodPlans,
} from "./arms.ts";
import { finalLoss, leastLoss, spikes } from "./courses.ts";
import { lossFigure, rateFigure, resultTable } from "./pictures.ts";
import { settings } from "./settings.ts";
import { lossAndRateFigure } from "./spike_figure.ts";

const METHODS: readonly Method[] = ["SGD", "one step", "trapezoid", "WNGrad"];

/** Each method at the rate that suits it on the validation split. */
function bestOf(arms: ReadonlyMap<string, Arm>, scale: Scale) {
  return METHODS.map((method) =>
    leastLoss(
      arms,
      settings[scale].autoencoderRates.map((rate) => methodArm(method, rate)),
    )
  );
}

/** Spikes of a run; a loss that explodes for good is at least one. */
const spikesOrEnd = (run: Run): number =>
  Math.max(spikes(run).length, run.status === "diverged" ? 1 : 0);

function judgeSteadiness(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const arm = arms.get(LOSSGRAD)!;
  // Positive where there is less than one spike a run.
  const found = judge(
    [...arm.values()].map((run) => 1 - spikesOrEnd(run)),
    0,
  );
  const { mean, low, high } = found.interval;
  return tested(
    {
      ...found,
      interval: {
        ...found.interval,
        mean: 1 - mean,
        low: 1 - high,
        high: 1 - low,
      },
    },
    "spikes a run",
    "less than one spike a run, by the rule of the MNIST table, a run that diverged having at least one; the values of the methods are in the notes",
    [
      "Losses of batches are kept for runs with a controller alone, every fourth one: spikes of a batch or two may be missed",
      ...bestOf(arms, scale).map(({ name, arm: other }) => {
        const gap = tInterval(
          pairedDifferences(arm, other, finalLoss("test")),
        );
        return `LOSSGRAD minus ${name}: last test loss ${
          gap.mean.toFixed(4)
        } [${gap.low.toFixed(4)}, ${gap.high.toFixed(4)}]`;
      }),
      `LOSSGRAD: last test loss ${armMean(arm, finalLoss("test")).toFixed(4)}`,
    ],
  );
}

/** LOSSGRAD on an autoencoder beside SGD, two schedules, WNGrad and others. */
export const tableAutoencoder: StudyItem = {
  item: "table-autoencoder",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { autoencoder, autoencoderRates } = settings[scale];
    return [
      ...methodPlans(autoencoder, METHODS, autoencoderRates, seeds),
      ...controlledPlans(autoencoder, { [LOSSGRAD]: lossgradSpec() }, seeds),
      ...extraPlans(autoencoder, seeds),
    ];
  },
  judge: judgedAt(judgeSteadiness),
  figures(runs, scale) {
    const arms = byArm(runs);
    const names = [
      ...bestOf(arms, scale).map(({ name }) => name),
      LOSSGRAD,
    ];
    return [
      resultTable(runs, {
        title: "An autoencoder",
        errors: false,
      }),
      lossFigure(runs, { title: "Test loss of an autoencoder", names }),
      ...lossAndRateFigure(arms.get(LOSSGRAD)!, "One run of the autoencoder"),
      rateFigure(runs, {
        title: "Step sizes of an autoencoder",
        names: [LOSSGRAD],
        batches: Infinity,
      }),
    ];
  },
};
