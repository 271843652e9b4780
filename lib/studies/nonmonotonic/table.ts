/**
 * Nonmonotonic schedules, tables 2 to 4: networks with the Gaussian against the same
 * networks without.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { meanText } from "../interval_text.ts";
import { imagenet } from "../imagenet.ts";
import { onStandIn } from "../stand_in.ts";
import { judge, together, type Verdict } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans, obstacleOfSome } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import type { TableNetwork } from "./networks.ts";
import { settings } from "./settings.ts";
import { errorsOverTraining, errorTable } from "./table_figures.ts";
import {
  type Compared,
  compared,
  gains,
  networkOf,
  tablePlans,
} from "./table_runs.ts";

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
  /** What is to be said beside the numbers, a sentence each. @default {nothing} */
  remarks?: readonly string[];
}

/** A sentence on one network. */
function note(one: Compared, verdict?: Verdict, reason?: string): string {
  const { network: { name, paper, standIn }, step, gaussian } = one;
  const [without, with_] = paper;
  const judged = standIn !== undefined
    ? `not judged: stand-in data, ${standIn}`
    : reason === undefined
    ? verdict
    : `not judged: ${reason}`;
  return `${name}, ${step.name} → ${gaussian.name}: ${
    meanText(gains(one))
  } points less test error, the paper's: ${
    (without - with_).toFixed(2)
  }; ${judged}`;
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

/** Why a network's runs do not count, or undefined where they do. */
function weakness(
  runs: readonly Run[],
  scale: Scale,
  { network: { name } }: Compared,
): string | undefined {
  const found = obstacleOfSome(runs, scale, (run) => networkOf(run) === name);
  return found === undefined ? undefined : `${found} (${name})`;
}

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
    all.map((one, i) => note(one, parts[i]!.verdict)),
  );
}

/** The row of a table of networks. */
export function tableItem(
  { item, headline, smallestEffect, networks, remarks = [] }: TableOptions,
): StudyItem {
  const all = (runs: readonly Run[], scale: Scale) =>
    networks(scale).map((network) => compared(runs, network));
  return {
    item,
    headline,
    plans(scale, seeds = settings[scale].seeds) {
      const trained = networks(scale);
      if (trained.length === 0) return undefined;
      const data = new Map(
        trained.map(({ training: { data } }) => [data.dataset, data]),
      );
      return [
        ...trained.flatMap((network) => tablePlans(network, seeds)),
        // A linear model of a million pictures would say nothing of networks for them.
        ...[...data.values()].filter((data) => data !== imagenet).flatMap((
          data,
        ) => linearPlans({ ...settings[scale].small, data }, seeds)),
      ];
    },
    judge(runs, scale) {
      const every = all(runs, scale);
      const own = every.filter(({ network }) => network.standIn === undefined);
      const wanted = own.length > 0 ? own : every;
      const reasons = new Map(
        wanted.map((one) => [one, weakness(runs, scale, one)]),
      );
      const counted = wanted.filter((one) => reasons.get(one) === undefined);
      const others = every.filter((one) => !counted.includes(one));
      const shown = counted.length > 0 ? counted : wanted;
      const judgeCounted = judgedAt(
        () => {
          const finding = judgeNetworks(shown, smallestEffect);
          const further = others.filter((one) => !shown.includes(one))
            .map((one) => note(one, undefined, reasons.get(one)));
          return { ...finding, notes: [...finding.notes, ...further] };
        },
        () => counted.length > 0 ? undefined : reasons.get(wanted[0]!),
      );
      const { standIn } = shown[0]!.network;
      const finding = standIn === undefined
        ? judgeCounted(runs, scale)
        : onStandIn(judgeCounted, standIn)(runs, scale);
      return { ...finding, notes: [...finding.notes, ...remarks] };
    },
    figures: (runs, scale) => [
      errorTable(all(runs, scale)),
      errorsOverTraining(all(runs, scale)),
    ],
  };
}
