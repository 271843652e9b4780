/**
 * k-decay, table 1: the best k of six networks against k = 1, steps and restarts.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { judge, together } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { isStandIn, kName, SCALED, tableNetworks } from "./networks.ts";
import { settings } from "./settings.ts";
import { errorsAgainstK, errorTable } from "./table1_figures.ts";
import {
  BASELINES,
  type Compared,
  compared,
  gains,
  tablePlans,
} from "./table1_runs.ts";

/** The least gain that would matter, in points of test error. */
const SMALLEST_EFFECT = 0.2;

/** The mean over networks, one number a seed. */
function meanGains(all: readonly Compared[], baseline: string): number[] {
  const lists = all.map((one) => gains(one, baseline));
  return lists[0]!.map((_, seed) =>
    lists.reduce((sum, list) => sum + list[seed]!, 0) / lists.length
  );
}

function intervalText(values: readonly number[]): string {
  const { mean, low, high } = tInterval(values);
  return `${mean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

/** A sentence on one network. */
function note(one: Compared): string {
  const { network, arms, best } = one;
  const parts = [...BASELINES, SCALED].filter((name) => arms.has(name)).map((
    name,
  ) => `${name}: ${intervalText(gains(one, name))}`);
  const standIn = isStandIn(network)
    ? ` (not judged: stand-in data, ${network.training.data.train} images)`
    : "";
  return `${network.name}: ${best} on the validation split; points of test error below ${
    parts.join("; ")
  }${standIn}`;
}

/** What is said where the best k is the largest tried: that the grid ends there. */
function endOfGrid(all: readonly Compared[]): string[] {
  const atEnd = all.filter(({ network: { ks }, best }) =>
    best === kName(Math.max(...ks))
  );
  if (atEnd.length === 0) return [];
  return [
    `The best k is the largest tried for ${atEnd.length} of ${all.length} networks: a larger one may be better still.`,
  ];
}

/** The networks whose data are the paper's, all together. */
function judgeNetworks(runs: readonly Run[], scale: Scale): Finding {
  const all = tableNetworks(scale).filter((network) => !isStandIn(network))
    .map((network) => compared(runs, network));
  const parts = BASELINES.map((baseline) => ({
    baseline,
    ...judge(meanGains(all, baseline), SMALLEST_EFFECT),
  }));
  return tested(
    {
      verdict: together(parts.map(({ verdict }) => verdict)),
      interval: parts[0]!.interval,
      p: Math.max(...parts.map(({ p }) => p)),
    },
    "points",
    "test error of k = 1 minus that of the best k > 1, chosen on the validation split, for each seed by the others; mean over the networks; the claim has three parts",
    [
      ...parts.map(({ baseline, verdict, interval }) =>
        `All networks against ${baseline}: ${verdict}, ${
          interval.mean.toFixed(2)
        } [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]`
      ),
      ...all.every(({ arms }) => arms.has(SCALED))
        ? [
          `The control, all networks against ${SCALED}: ${
            intervalText(meanGains(all, SCALED))
          }`,
        ]
        : [],
      ...all.map(note),
      ...endOfGrid(all),
    ],
  );
}

/** The table. */
export const table1: StudyItem = {
  item: "table1",
  headline: true,
  plans: (scale, seeds = settings[scale].seeds) => [
    ...tableNetworks(scale).flatMap((network) => tablePlans(network, seeds)),
    ...linearPlans(settings[scale].basic, seeds),
  ],
  judge(runs, scale) {
    const standIns = tableNetworks(scale).filter(isStandIn);
    const elsewhere = new Set(
      standIns.map(({ training }) => training.data.dataset),
    );
    const finding = judgedAt(judgeNetworks)(
      runs.filter(({ plan }) => !elsewhere.has(plan.training.data.dataset)),
      scale,
    );
    if (finding.measured.interval === null) return finding;
    const notes = standIns.map((network) => note(compared(runs, network)));
    return { ...finding, notes: [...finding.notes, ...notes] };
  },
  figures(runs, scale) {
    const all = tableNetworks(scale).map((network) => compared(runs, network));
    return [errorTable(all), errorsAgainstK(all)];
  },
};
