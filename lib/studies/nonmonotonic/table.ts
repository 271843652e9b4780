/**
 * Nonmonotonic schedules, tables 2 to 4: networks with the Gaussian against the same
 * networks without.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { meanText } from "../interval_text.ts";
import { judge, tInterval, together } from "../statistics.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import type { TableNetwork } from "./networks.ts";
import { settings } from "./settings.ts";
import { errorsOverTraining, errorTable } from "./table_figures.ts";
import { type Compared, compared, gains, tablePlans } from "./table_runs.ts";

/** What a table is. */
export interface TableOptions {
  /** Its name within the paper. */
  item: string;
  /** Whether it is one of the rows that the paper stands on. */
  headline: boolean;
  /** The least gain that would matter, in points of test error. */
  smallestEffect: number;
  /** Its networks at a scale; none where it is not built. */
  networks: (scale: Scale) => readonly TableNetwork[];
}

/** A sentence on one network. */
function note(one: Compared): string {
  const { network: { name, paper, standIn }, step, gaussian } = one;
  const [without, with_] = paper;
  return `${name}, ${step.name} → ${gaussian.name}: ${
    meanText(gains(one))
  } points less test error${
    standIn ? ` (not judged: stand-in data, ${standIn})` : ""
  }; the paper's: ${(without - with_).toFixed(2)}`;
}

/** The mean over networks, one number a seed. */
function meanGains(all: readonly Compared[]): number[] {
  const lists = all.map(gains);
  return lists[0]!.map((_, seed) =>
    lists.reduce((sum, list) => sum + list[seed]!, 0) / lists.length
  );
}

const REASON =
  "test error with steps minus that with the Gaussian, each at the rate that suits it on the validation split";

/** Every network must gain. */
function judgeNetworks(
  all: readonly Compared[],
  smallestEffect: number,
): Finding {
  const parts = all.map((one) => judge(gains(one), smallestEffect));
  return tested(
    {
      verdict: together(parts.map(({ verdict }) => verdict)),
      interval: tInterval(meanGains(all)),
      p: Math.max(...parts.map(({ p }) => p)),
    },
    "points",
    parts.length === 1
      ? REASON
      : `${REASON}, mean over ${parts.length} networks; each of them must gain`,
    all.map((one, i) => `${note(one)}: ${parts[i]!.verdict}`),
  );
}

/** Gains that nothing is judged of: the data are not the paper's. */
function measureNetworks(all: readonly Compared[]): Finding {
  const { mean, low, high } = tInterval(meanGains(all));
  return {
    measured: { value: mean, interval: [low, high], unit: "points" },
    verdict: "not judged",
    reason: `stand-in data: ${all[0]!.network.standIn}`,
    notes: [
      `Measured: ${REASON}, mean over ${all.length} networks.`,
      ...all.map(note),
    ],
  };
}

/** The row of a table of networks. */
export function tableItem(
  { item, headline, smallestEffect, networks }: TableOptions,
): StudyItem {
  const all = (runs: readonly Run[], scale: Scale) =>
    networks(scale).map((network) => compared(runs, network));
  return {
    item,
    headline,
    plans(scale, seeds = settings[scale].seeds) {
      const [first, ...rest] = networks(scale);
      if (first === undefined) return undefined;
      return [
        ...[first, ...rest].flatMap((network) => tablePlans(network, seeds)),
        ...linearPlans(
          { ...settings[scale].small, data: first.training.data },
          seeds,
        ),
      ];
    },
    judge: judgedAt((runs, scale) => {
      const every = all(runs, scale);
      const own = every.filter(({ network }) => network.standIn === undefined);
      if (own.length === 0) return measureNetworks(every);
      const finding = judgeNetworks(own, smallestEffect);
      const others = every.filter((one) => !own.includes(one)).map(note);
      return { ...finding, notes: [...finding.notes, ...others] };
    }),
    figures: (runs, scale) => [
      errorTable(all(runs, scale)),
      errorsOverTraining(all(runs, scale)),
    ],
  };
}
