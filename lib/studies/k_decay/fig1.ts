/**
 * k-decay, figure 1: test error against the exponent N of polynomial decay.
 *
 * @module
 */
import { errorCurves } from "../charts.ts";
import { byArm, pairedDifferences } from "../comparisons.ts";
import { equivalence } from "../equivalence.ts";
import { meanText } from "../interval_text.ts";
import { pairedPlans } from "../plan.ts";
import { jointly, judge } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { linearPlans } from "../validity.ts";
import { polynomialRate, settings } from "./settings.ts";

/** Difference in the late fall of the test error that would matter, in points. */
const SMALLEST_EFFECT = 1;

const arm = (power: number) => `N = ${power}`;

/** From this N on the errors are said to remain nearly unchanged. */
const FLAT_FROM = 2;

/**
 * By how many points the test error falls over the last tenth of the epochs. A run that
 * diverged counts as untrained: its error does not fall.
 */
function lateFall({ status, evaluation }: Run): number {
  if (status === "diverged") return 0;
  const { error } = evaluation.test!;
  const before = Math.floor(0.9 * (error.length - 1));
  return 100 * (error[before]! - error.at(-1)!);
}

/** Error against N: the end is steep for a small N and flat for a large one. */
export const fig1: StudyItem = {
  item: "fig1",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { shallow, powers } = settings[scale];
    return [
      ...pairedPlans(
        shallow,
        Object.fromEntries(
          powers.map((N) => [arm(N), polynomialRate(shallow, N)]),
        ),
        seeds,
      ),
      ...linearPlans(shallow, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const last = settings[scale].powers.at(-1)!;
    const falls = (N: number) => [...arms.get(arm(N))!.values()].map(lateFall);
    const steep = judge(
      pairedDifferences(arms.get(arm(0.5))!, arms.get(arm(last))!, lateFall),
      SMALLEST_EFFECT,
    );
    const flat = settings[scale].powers.filter((N) => N >= FLAT_FROM)
      .map((N) => ({ N, ...equivalence(falls(N), SMALLEST_EFFECT) }));
    return tested(
      {
        ...steep,
        ...jointly([steep, ...flat]),
      },
      "points",
      `fall of the test error over the last tenth of the epochs, N = 0.5 minus N = ${last}; the claim also wants falls of less than ${SMALLEST_EFFECT} point from N = ${FLAT_FROM} on`,
      [
        `N = 0.5 minus N = ${last}: ${steep.verdict}`,
        ...flat.map(({ N, verdict }) =>
          `N = ${N}, next to no fall: ${verdict}`
        ),
        `Falls by N, in points: ${
          settings[scale].powers.map((N) => `${N}: ${meanText(falls(N))}`)
            .join("; ")
        }`,
      ],
    );
  }),
  figures: (runs, scale) => [errorCurves(runs, {
    title: "Test error with polynomial decay of exponent N",
    names: settings[scale].powers.map(arm),
  })],
};
