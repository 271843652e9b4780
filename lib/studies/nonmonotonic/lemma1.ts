/**
 * Nonmonotonic schedules, lemma 1 and proposition 1: a change of the input as a change
 * of the first layer's weights, on trained networks.
 *
 * @module
 */
import { tableFigure } from "../../figures/table_figure.ts";
import type { Scale } from "../catalogue.ts";
import {
  pairedPlans,
  type RunPlan,
  stepsOf,
  type TrainingPlan,
} from "../plan.ts";
import type { Finding, Run, StudyItem } from "../study.ts";
import { probed } from "./flatter.ts";
import { probePlans, probeSettings } from "./probe_plans.ts";
import { bestOf } from "./probed_runs.ts";
import { settings } from "./settings.ts";

/** The largest error that rounding may make: relative, of losses in float32. */
const TOLERANCE = 1e-5;

/** How near 1 the bound must be attained along the top singular vector. */
const ATTAINED = 1e-6;

/** By how much the second singular vector must miss the bound at least. */
const APART = 1e-3;

const DENSE_ARM = "dense first layer";

/** A perceptron whose first layer is dense: what the lemma speaks of. */
function densePlans(scale: Scale, seeds: number): RunPlan[] {
  const training: TrainingPlan = {
    ...settings[scale].small,
    model: { kind: "mlp", hidden: [64] },
    epochs: Math.min(5, settings[scale].small.epochs),
    augment: false,
  };
  const rate = {
    kind: "polynomial",
    from: 0.01,
    to: 0,
    power: 1,
    steps: stepsOf(training),
  };
  const { transfer } = probeSettings[scale];
  return pairedPlans(training, { [DENSE_ARM]: rate }, seeds).map((plan) => ({
    ...plan,
    probes: [transfer],
  }));
}

/** All numbers of a name that runs have. */
const all = (runs: readonly Run[], name: string) =>
  runs.flatMap((run) => probed(run, name, "transfer"));

/** What is said of the dense layer, and of the convolution. */
function findings(runs: readonly Run[], scale: Scale) {
  const dense = runs.filter(({ plan }) => plan.arm === DENSE_ARM);
  const convolutional = bestOf(
    runs.filter(({ plan }) => plan.arm !== DENSE_ARM),
    "Gaussian",
    scale,
  );
  const largest = (name: string) => Math.max(...all(dense, name));
  const residuals = all(convolutional, "residual");
  return {
    cases: all(dense, "second").length,
    identity: largest("identity"),
    loss: largest("loss"),
    bound: largest("bound"),
    missed: largest("missed"),
    second: largest("second"),
    residual: residuals.reduce((sum, r) => sum + r, 0) / residuals.length,
    leastResidual: Math.min(...residuals),
  };
}

/** Identity and bound. */
export const lemma1: StudyItem = {
  item: "lemma1",
  headline: false,
  plans: (scale, seeds = probeSettings[scale].seeds) => [
    ...densePlans(scale, seeds),
    ...probePlans(scale, seeds),
  ],
  judge(runs, scale): Finding {
    const found = findings(runs, scale);
    const { cases, identity, loss, bound, missed, second } = found;
    const { residual, leastResidual } = found;
    const notes = [
      `Losses at x + δx and with W + δW differ by at most ${
        loss.toPrecision(2)
      } of 1 + the loss.`,
      `Random changes use at most ${
        bound.toPrecision(3)
      } of the bound; along the top singular vector it is attained to ${
        missed.toPrecision(2)
      }, along the second one ${
        second.toPrecision(3)
      } of it. σmax is the root of the largest eigenvalue of KᵀK.`,
      `The small model's first layer is a convolution, whose windows share their weights: there the lemma does not carry over. The nearest change of the kernel misses ${
        (100 * residual).toFixed(1)
      } % of the effect on average, and never less than ${
        (100 * leastResidual).toFixed(1)
      } %.`,
    ];
    const holds = identity < TOLERANCE && loss < TOLERANCE &&
      bound <= 1 + ATTAINED && missed < ATTAINED && second < 1 - APART;
    return {
      measured: {
        value: identity,
        interval: null,
        unit: "relative error of the identity",
      },
      verdict: cases === 0
        ? "not judged"
        : holds
        ? "reproduced"
        : "contradicted",
      reason: cases === 0
        ? "nothing was measured"
        : `largest error of ${cases} examples of trained perceptrons with a dense first layer, the lemma's case; at most ${TOLERANCE}, the bound attained to ${ATTAINED} along the top singular vector and missed along the second; an identity does not depend on the scale of the training`,
      notes,
    };
  },
  figures(runs, scale) {
    const found = findings(runs, scale);
    const caption =
      "δx is a tenth as long as x, random or along the top singular vector of the first layer's kernel. For the convolution δK is the least-squares solution over all windows. Largest values over examples and seeds; the residual is a mean.";
    const row = (name: string, value: number, claim: string) => [
      name,
      value.toPrecision(3),
      claim,
    ];
    return [{
      caption,
      figure: tableFigure({
        title: "Changes of inputs as changes of weights",
        caption,
        columns: [
          { title: "quantity", width: 44 },
          { title: "measured", align: "right" },
          { title: "claimed" },
        ],
        rows: [
          row("‖(W + δW)x − W(x + δx)‖ / ‖Wδx‖, dense", found.identity, "0"),
          row("difference of losses / (1 + loss), dense", found.loss, "0"),
          row("‖δW‖·‖x‖ / (σmax·‖δx‖), random δx, dense", found.bound, "≤ 1"),
          row("the same along the singular vector, minus 1", found.missed, "0"),
          row("the same along the second one", found.second, "< 1"),
          row("missed share of the effect, convolution", found.residual, "0"),
        ],
      }),
    }];
  },
};
