/**
 * k-decay, equation 14: a sum of two terms, found greedily.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { errorCurves } from "../charts.ts";
import {
  byArm,
  chosenOnValidation,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { pairedPlans } from "../plan.ts";
import { judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { kName } from "./networks.ts";
import { kDecayRate, settings } from "./settings.ts";

/** The most points of test error that "no worse" may be worse. */
const MARGIN = 0.5;

/** The powers that both terms are sought among. */
const KS: Readonly<Record<Scale, readonly number[]>> = {
  smoke: [1, 2],
  small: [1.5, 2, 3],
  paper: [1, 1.5, 2, 3, 4, 5],
};

/** Both terms, in order: the sum does not ask which was found first. */
type Pair = readonly [number, number];

const pairName = ([a, b]: Pair) => `k = ${a} and ${b}`;

function pairs(ks: readonly number[]): Pair[] {
  return ks.flatMap((a, i) => ks.slice(i + 1).map((b): Pair => [a, b]));
}

/** The best k₁ on the validation split, then the best k₂ beside it. */
export function greedy(
  runs: readonly Run[],
  ks: readonly number[],
): { one: string; two: string } {
  const arms = byArm(runs);
  const one = chosenOnValidation(arms, ks.map(kName));
  const first = ks.find((k) => kName(k) === one)!;
  const with1 = pairs(ks).filter((pair) => pair.includes(first));
  return { one, two: chosenOnValidation(arms, with1.map(pairName)) };
}

/** Error of the best one term minus that of the best two: the other seeds choose both. */
function pairedGains(runs: readonly Run[], ks: readonly number[]): number[] {
  const arms = byArm(runs);
  const seeds = [...arms.get(kName(1))!.keys()];
  return seeds.map((seed) => {
    const chosen = greedy(runs.filter(({ plan }) => plan.seed !== seed), ks);
    const error = (name: string) =>
      finalError("test")(arms.get(name)!.get(seed)!);
    return error(chosen.one) - error(chosen.two);
  });
}

/** One term against two. */
export const eq14: StudyItem = {
  item: "eq14",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { basic } = settings[scale];
    const ks = KS[scale];
    return [
      ...pairedPlans(
        basic,
        Object.fromEntries([
          ...new Set([1, ...ks]).values().map((k) =>
            [kName(k), kDecayRate(basic, k)] as const
          ),
          ...pairs(ks).map((pair) =>
            [pairName(pair), kDecayRate(basic, pair)] as const
          ),
        ]),
        seeds,
      ),
      ...linearPlans(basic, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const { one, two } = greedy(runs, KS[scale]);
    const differences = pairedGains(runs, KS[scale]);
    const { verdict, p } = judge(differences.map((d) => d + MARGIN), 0);
    const { mean, low, high } = tInterval(
      pairedDifferences(
        arms.get(kName(1))!,
        arms.get(two)!,
        finalError("test"),
      ),
    );
    return tested(
      { verdict, p, interval: tInterval(differences) },
      "points",
      `test error of the best one term (${one}) minus that of the best two (${two}), found one after the other on the validation split, for each seed by the others; no worse means by less than ${MARGIN} points`,
      [
        `k = 1 minus ${two}: ${mean.toFixed(2)} points [${low.toFixed(2)}, ${
          high.toFixed(2)
        }]`,
        "The second k may be below the first: the paper orders them, the sum does not.",
      ],
    );
  }),
  figures(runs, scale) {
    const { one, two } = greedy(runs, KS[scale]);
    return [errorCurves(runs, {
      title: "Test error with one term and with two",
      names: [...new Set([kName(1), one, two])],
    })];
  },
};
