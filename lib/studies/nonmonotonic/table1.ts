/**
 * Nonmonotonic schedules, table 1: ensembles of one to five networks, trained with
 * steps and with the Gaussian.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { meanEnsembleError } from "../ensembles.ts";
import { intervalText } from "../interval_text.ts";
import { pairedPlans } from "../plan.ts";
import { judge, pseudoValues, together } from "../statistics.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans, obstacle } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import {
  cell,
  curve,
  ensembleArm,
  errorOf,
  METHODS,
  MOST,
  networksOf,
  trainingOf,
} from "./ensemble_runs.ts";
import { schedules, settings } from "./settings.ts";
import { ensembleFigures } from "./table1_figures.ts";

/** The least difference that would matter, in points of test error. */
const SMALLEST_EFFECT = 0.2;

/** Seeds: one more, so that each can be left out of an ensemble of the most networks. */
const seedsOf = (scale: Scale) => settings[scale].seeds + 1;

/** Why runs do not count, or undefined where they do. */
function obstacleOf(runs: readonly Run[], scale: Scale): string | undefined {
  const seeds = new Set(runs.map(({ plan }) => plan.seed)).size;
  return obstacle(runs, scale) ??
    (seeds > MOST
      ? undefined
      : `scale: ${seeds} seeds, at least ${
        MOST + 1
      } are needed for ${MOST} networks`);
}

/** What one Gaussian network is worth in networks with steps. */
function judgeRuns(runs: readonly Run[], scale: Scale): Finding {
  const step = networksOf(runs, "step", scale);
  const gaussian = networksOf(runs, "Gaussian", scale);
  if (step.length < 3) {
    return {
      measured: { value: null, interval: null },
      verdict: "not judged",
      reason: "scale: ensembles need at least three seeds",
      notes: [],
    };
  }
  const enough = Math.min(MOST, step.length - 1), fewer = enough - 1;
  const alone = errorOf(gaussian)(1);
  /** The error of some step networks beyond that of one Gaussian network. */
  const beyond = (size: number) =>
    pseudoValues(
      step.length,
      (kept) => errorOf(step)(size)(kept) - alone(kept),
    );
  const parts = [
    { size: fewer, ...judge(beyond(fewer), SMALLEST_EFFECT) },
    { size: enough, ...judge(beyond(enough).map((value) => -value), 0) },
  ] as const;
  const [tooFew, as] = parts;
  const single = meanEnsembleError(gaussian, 1);
  const steps = curve(step), gaussians = curve(gaussian);
  const needed = steps.find(({ mean }) => mean <= single)?.size;
  return tested(
    {
      verdict: together(parts.map(({ verdict }) => verdict)),
      interval: tooFew.interval,
      p: Math.max(...parts.map(({ p }) => p)),
    },
    "points",
    `test error of ${fewer} step networks together minus that of one Gaussian network: above 0, they are not enough; and ${enough} must be as good as it; jackknife over seeds`,
    [
      `${fewer} step networks are not enough: ${tooFew.verdict}, ${
        intervalText(tooFew.interval)
      } points above one Gaussian network.`,
      `${enough} step networks are enough: ${as.verdict}, ${
        intervalText(as.interval)
      } points below it.`,
      needed === undefined
        ? `${steps.length} step networks together are still worse than one Gaussian network (${
          single.toFixed(2)
        } %).`
        : `${needed} step networks together are as good as one Gaussian network (${
          single.toFixed(2)
        } %).`,
      ...steps.map((point, i) =>
        `${point.size} step: ${cell(point)} %; ${point.size} Gaussian: ${
          cell(gaussians[i]!)
        } %`
      ),
    ],
  );
}

/** Ensembles. */
export const table1: StudyItem = {
  item: "table1",
  headline: true,
  plans(scale, seeds = seedsOf(scale)) {
    const training = trainingOf(scale);
    const arms = METHODS.flatMap((method) =>
      settings[scale].rates.map((rate) =>
        [ensembleArm(method, rate), schedules[method](training, rate)] as const
      )
    );
    return [
      ...pairedPlans(training, Object.fromEntries(arms), seeds),
      ...linearPlans(settings[scale].small, seeds),
    ];
  },
  judge: judgedAt(judgeRuns, obstacleOf),
  figures: ensembleFigures,
};
