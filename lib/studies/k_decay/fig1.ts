/**
 * k-decay, figure 1: test error against the exponent N of polynomial decay.
 *
 * @module
 */
import { errorCurves } from "../charts.ts";
import { byArm, pairedDifferences } from "../comparisons.ts";
import { pairedPlans } from "../plan.ts";
import { judge } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { linearPlans } from "../validity.ts";
import { polynomialRate, settings } from "./settings.ts";

/** Difference in the late fall of the test error that would matter, in points. */
const SMALLEST_EFFECT = 1;

const arm = (power: number) => `N = ${power}`;

/** By how many points the test error falls over the last tenth of the epochs. */
function lateFall(run: Run): number {
  const { error } = run.evaluation.test!;
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
    const differences = pairedDifferences(
      arms.get(arm(0.5))!,
      arms.get(arm(last))!,
      lateFall,
    );
    return tested(
      judge(differences, SMALLEST_EFFECT),
      "points",
      `fall of the test error over the last tenth of the epochs, N = 0.5 minus N = ${last}`,
    );
  }),
  figures: (runs, scale) => [errorCurves(runs, {
    title: "Test error with polynomial decay of exponent N",
    names: settings[scale].powers.map(arm),
  })],
};
