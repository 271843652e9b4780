/**
 * k-decay, figure 6: loss curves with k = 1 and k > 1 of a ResNet, a wide ResNet and
 * a DenseNet.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import type { Scale } from "../catalogue.ts";
import { bandSeries, epochCurve } from "../charts.ts";
import { type Arm, byArm, pairedDifferences } from "../comparisons.ts";
import { jointly, judge } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { lossCurveArms, plans } from "./fig2.ts";
import { kName, type TableNetwork, tableNetworks } from "./networks.ts";
import { CONTROL_K, settings } from "./settings.ts";
import { tableArm, tablePlans } from "./table1_runs.ts";

/** The least difference of training losses that would matter, relative to k = 1's. */
const SMALLEST_EFFECT = 0.01;

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/**
 * Mean log training loss between two shares of the epochs. A run that diverged counts
 * as untrained.
 */
function logLoss(from: number, to: number): (run: Run) => number {
  return ({ status, evaluation, epochMeans: { loss } }) =>
    status === "diverged" ? Math.log(evaluation.validation!.loss[0]!) : mean(
      loss.slice(Math.floor(from * loss.length), Math.ceil(to * loss.length))
        .map(Math.log),
    );
}

/** By how much the log loss falls over the last fifth. */
const lateFall = (run: Run) => logLoss(0.7, 0.8)(run) - logLoss(0.95, 1)(run);

/** A network's runs with k = 1 and with the control k. */
interface Panel {
  network: string;
  one: Arm;
  above: Arm;
}

/** The other panels' networks; which of table 1's the paper drew, it does not say. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ["WRN-16-8", "wide ResNet"],
  ["DenseNet-BC-100-12", "DenseNet"],
]);

function others(scale: Scale): TableNetwork[] {
  return tableNetworks(scale).filter(({ name }) => OTHERS.has(name));
}

const SCHEDULES = [kName(1), kName(CONTROL_K)] as const;

/** The panels whose runs are there. */
function panels(runs: readonly Run[], scale: Scale): Panel[] {
  const arms = byArm(runs);
  return [
    { network: "ResNet", ...lossCurveArms(runs) },
    ...others(scale).flatMap((network) => {
      const [one, above] = SCHEDULES.map((schedule) =>
        arms.get(tableArm(network, schedule))
      );
      return one && above
        ? [{ network: OTHERS.get(network.name)!, one, above }]
        : [];
    }),
  ];
}

/** The claim's parts: what is positive where each holds, one number a seed. */
const parts: Readonly<Record<string, (panel: Panel) => number[]>> = {
  "above k = 1 from 20 % to 70 % of the epochs": ({ one, above }) =>
    pairedDifferences(above, one, logLoss(0.2, 0.7)),
  "steeper over the last fifth": ({ one, above }) =>
    pairedDifferences(above, one, lateFall),
  "lower in the last epoch": ({ one, above }) =>
    pairedDifferences(one, above, logLoss(0.95, 1)),
};

/** The mean over panels, one number a seed. */
function meanOver(
  all: readonly Panel[],
  part: (panel: Panel) => number[],
): number[] {
  const lists = all.map(part);
  return lists[0]!.map((_, seed) => mean(lists.map((list) => list[seed]!)));
}

/** What differences say of a part, in words. */
function sentence(
  name: string,
  { verdict, interval }: ReturnType<typeof judge>,
): string {
  const [mean, low, high] = [interval.mean, interval.low, interval.high].map((
    value,
  ) => value.toFixed(3));
  return `${name}: ${verdict}, ${mean} [${low}, ${high}]`;
}

/** Each panel by itself, where there are several. */
function panelNotes(all: readonly Panel[]): string[] {
  if (all.length === 1) {
    return ["Of the ResNet alone: the other networks' runs are not there."];
  }
  return all.flatMap((panel) =>
    Object.entries(parts).map(([name, part]) =>
      sentence(
        `${panel.network}, ${name}`,
        judge(part(panel), SMALLEST_EFFECT),
      )
    )
  );
}

/** Training loss: above k = 1 on the way, steeper at the end, and lower. */
export const fig6: StudyItem = {
  item: "fig6",
  headline: true,
  plans: (scale, seeds = settings[scale].seeds) => plans(scale, seeds),
  further: (scale, seeds = settings[scale].seeds) =>
    others(scale).flatMap((network) => tablePlans(network, seeds, SCHEDULES)),
  judge: judgedAt((runs, scale) => {
    const all = panels(runs, scale);
    const judged = Object.entries(parts).map(([name, part]) => ({
      name,
      ...judge(meanOver(all, part), SMALLEST_EFFECT),
    }));
    const last = judged.at(-1)!;
    return tested(
      {
        ...jointly(judged),
        interval: last.interval,
      },
      "log loss",
      "last training loss of k = 1 minus that of k = 2 (logarithms), mean over the networks; the claim has three parts",
      [
        ...judged.map((one) => sentence(one.name, one)),
        ...panelNotes(all),
        "The paper's caption has the loss of the larger k above all along, its text the errors lower at the end; the third part here is of the training loss",
      ],
    );
  }),
  figures(runs, scale) {
    const caption =
      "Mean training loss of each epoch; bands: 95 % t intervals over seeds.";
    const all = panels(runs, scale).map(({ network, one, above }) =>
      lineFigure({
        title: network,
        caption,
        x: { title: "epoch" },
        y: { title: "training loss", scale: "log" },
        series: [
          bandSeries("k = 1", epochCurve(one, "loss")),
          bandSeries("k = 2", epochCurve(above, "loss")),
        ],
      })
    );
    return [{
      caption,
      figure: panelFigure({
        title: "Training loss with k = 1 and k = 2",
        caption,
        panels: all,
      }),
    }];
  },
};
