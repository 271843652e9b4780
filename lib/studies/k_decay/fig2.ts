/**
 * k-decay, figure 2: test error against k, with the controls that the paper leaves
 * out.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import type { Scale } from "../catalogue.ts";
import { errorCurves, finalErrorSeries } from "../charts.ts";
import {
  type Arm,
  byArm,
  chosenArm,
  chosenOnValidation,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { pairedPlans, type RunPlan } from "../plan.ts";
import { judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans, obstacle } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import {
  CONTROL_K,
  equalAreaRate,
  kDecayRate,
  polynomialRate,
  settings,
  START_RATE,
} from "./settings.ts";

/** The least gain that would matter, in points of test error. */
const SMALLEST_EFFECT = 0.2;

const arm = (k: number, rate: number) => `k = ${k}, from ${rate}`;
const MIRROR =
  `N = 1/${CONTROL_K} (same start, end and mean as k = ${CONTROL_K})`;
const SCALED = `k = 1 scaled to the mean of k = ${CONTROL_K}`;

/** Every k at every start rate, the controls, the linear model. */
export function plans(scale: Scale, seeds: number): RunPlan[] {
  const { basic, startRates, ks } = settings[scale];
  const arms = Object.fromEntries(
    ks.flatMap((k) =>
      startRates.map((rate) => [arm(k, rate), kDecayRate(basic, k, rate)])
    ),
  );
  const controls = {
    [MIRROR]: polynomialRate(basic, 1 / CONTROL_K),
    [SCALED]: equalAreaRate(basic, CONTROL_K),
  };
  return [
    ...pairedPlans(basic, { ...arms, ...controls }, seeds),
    ...linearPlans(basic, seeds),
  ];
}

const elsewhereArm = (k: number) => `k = ${k}`;

/** On data that the paper does not use: k = 1 and the control k, at its start rate. */
function elsewherePlans(scale: Scale, seeds: number): RunPlan[] {
  const { elsewhere } = settings[scale];
  if (elsewhere === undefined) return [];
  const arms = Object.fromEntries(
    [1, CONTROL_K].map((k) => [elsewhereArm(k), kDecayRate(elsewhere, k)]),
  );
  return [
    ...pairedPlans(elsewhere, arms, seeds),
    ...linearPlans(elsewhere, seeds),
  ];
}

/** A sentence on the other data, with the reason where it does not count. */
function elsewhereNote(runs: readonly Run[], scale: Scale): string[] {
  if (runs.length === 0) return [];
  const { dataset } = runs[0]!.plan.training.data;
  const arms = byArm(runs);
  const reason = obstacle(runs, scale);
  return [
    comparison(
      arms.get(elsewhereArm(1))!,
      arms.get(elsewhereArm(CONTROL_K))!,
      `On ${dataset} at the paper's start rate, k = 1 minus k = ${CONTROL_K}`,
    ) + (reason ? ` (not judged: ${reason})` : ""),
  ];
}

/** The arms of some k at every start rate. */
const namesOf = (ks: readonly number[], scale: Scale) =>
  ks.flatMap((k) => settings[scale].startRates.map((rate) => arm(k, rate)));

/** A sentence on how two arms differ. */
function comparison(a: Arm, b: Arm, what: string): string {
  const { mean, low, high } = tInterval(
    pairedDifferences(a, b, finalError("test")),
  );
  return `${what}: ${mean.toFixed(2)} points [${low.toFixed(2)}, ${
    high.toFixed(2)
  }]`;
}

/** k = 1 against the best k > 1, each at the start rate that suits it. */
function judgeOnPaperData(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const above = namesOf(settings[scale].ks.filter((k) => k > 1), scale);
  const atOne = namesOf([1], scale);
  const [one, best] = [atOne, above].map((names) =>
    chosenOnValidation(arms, names)
  ) as [string, string];
  const highest = arm(1, Math.max(...settings[scale].startRates));
  const paper = arms.get(arm(CONTROL_K, START_RATE))!;
  return tested(
    judge(
      pairedDifferences(
        chosenArm(arms, atOne),
        chosenArm(arms, above),
        finalError("test"),
      ),
      SMALLEST_EFFECT,
    ),
    "points",
    `test error of k = 1 minus that of the best k > 1, each chosen with its start rate on the validation split, for each seed by the others (by all: ${one}; ${best})`,
    [
      ...one === highest
        ? [
          "The start rate that suits k = 1 is the largest tried: it may gain from a larger one",
        ]
        : [],
      comparison(
        arms.get(arm(1, START_RATE))!,
        paper,
        `At the paper's start rate, k = 1 minus k = ${CONTROL_K}`,
      ),
      comparison(arms.get(MIRROR)!, paper, `${MIRROR} minus k = ${CONTROL_K}`),
      comparison(arms.get(SCALED)!, paper, `${SCALED} minus k = ${CONTROL_K}`),
    ],
  );
}

/** Error against k, each k at the start rate that suits it. */
export const fig2: StudyItem = {
  item: "fig2",
  headline: true,
  plans: (scale, seeds = settings[scale].seeds) => [
    ...plans(scale, seeds),
    ...elsewherePlans(scale, seeds),
  ],
  judge(runs, scale) {
    const { dataset } = settings[scale].basic.data;
    const isElsewhere = ({ plan }: Run) =>
      plan.training.data.dataset !== dataset;
    const finding = judgedAt(judgeOnPaperData)(
      runs.filter((run) => !isElsewhere(run)),
      scale,
    );
    if (finding.measured.interval === null) return finding;
    const elsewhere = elsewhereNote(runs.filter(isElsewhere), scale);
    return { ...finding, notes: [...finding.notes, ...elsewhere] };
  },
  figures(runs, scale) {
    const { basic: { data }, ks, startRates } = settings[scale];
    const own = runs.filter(({ plan }) =>
      plan.training.data.dataset === data.dataset
    );
    const arms = byArm(own);
    const caption =
      "Each k at several start rates; points are means over seeds, bands 95 % t intervals. The paper's start rate is 0.1.";
    return [
      errorCurves(own, {
        title: `Test error with k-decay, from ${START_RATE}`,
        names: ks.map((k) => arm(k, START_RATE)),
      }),
      {
        caption,
        figure: lineFigure({
          title: "Last test error against k",
          caption,
          x: { title: "k" },
          y: { title: "test error", unit: "%" },
          series: startRates.map((rate) =>
            finalErrorSeries(
              `from ${rate}`,
              ks.map((k) => [k, arms.get(arm(k, rate))!] as const),
            )
          ),
        }),
      },
    ];
  },
};

/** The runs of figure 6's two arms: k = 1 and the control k, at the paper's rate. */
export function lossCurveArms(runs: readonly Run[]): { one: Arm; above: Arm } {
  const arms = byArm(runs);
  return {
    one: arms.get(arm(1, START_RATE))!,
    above: arms.get(arm(CONTROL_K, START_RATE))!,
  };
}
