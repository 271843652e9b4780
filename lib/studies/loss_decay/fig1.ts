/**
 * Loss decay, figure 1: deep plain networks, normal training against loss decay.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { errorCurves } from "../charts.ts";
import {
  type Arm,
  armMean,
  bestError,
  byArm,
  chosenOnValidation,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import type { TrainingPlan } from "../plan.ts";
import { judge, together } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { LINEAR_ARM, linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { fixedRate, lineWeight, weightedPlans } from "./arms.ts";
import { difference, errorsOf } from "./courses.ts";
import { type PlainSettings, settings } from "./settings.ts";

/**
 * "Only one trains": the least difference in test error, in points, that can mean
 * that.
 */
const SMALLEST_EFFECT = 10;

/** "More obvious with depth": the least growth of the difference, in points. */
const SMALLEST_GROWTH = 1;

const METHODS = {
  "normal": {},
  "loss decay": { gradientWeight: lineWeight(2) },
} as const;
type Method = keyof typeof METHODS;

function networkName({ model }: TrainingPlan): string {
  return `${model.depth} layers${
    model.normalised === false ? " without normalisation" : ""
  }`;
}

const arm = (training: TrainingPlan, method: Method, rate: number) =>
  `${networkName(training)}, ${method}, ${rate}`;

/** A network's arms of one method. */
const armsOf = ({ training, rates }: PlainSettings, method: Method) =>
  rates.map((rate) => arm(training, method, rate));

/** All networks of a scale. */
const networks = (scale: Scale) => [
  ...settings[scale].plain,
  ...settings[scale].unnormalised,
];

/** A method at the rate that suits it best on the validation split. */
function best(
  arms: ReadonlyMap<string, Arm>,
  network: PlainSettings,
  method: Method,
): [name: string, arm: Arm] {
  const name = chosenOnValidation(arms, armsOf(network, method));
  return [name, arms.get(name)!];
}

/** Errors of an arm, and how many of its runs ever get below the linear model. */
function trainedText(name: string, arm: Arm, linear: number): string {
  const count =
    [...arm.values()].filter((run) => bestError("test")(run) < linear).length;
  return `${
    errorsOf(name, arm)
  }; ${count} of ${arm.size} runs are ever better than a linear model`;
}

/** Plain networks of two depths. */
export const fig1: StudyItem = {
  item: "fig1",
  headline: true,
  plans: (scale, seeds = settings[scale].seeds) => [
    ...networks(scale).flatMap(({ training, rates }) =>
      weightedPlans(
        training,
        Object.fromEntries(
          rates.flatMap((rate) =>
            Object.entries(METHODS).map(([method, weight]) => [
              arm(training, method as Method, rate),
              { learningRate: fixedRate(rate), ...weight },
            ])
          ),
        ),
        seeds,
      )
    ),
    ...linearPlans(settings[scale].plain[0].training, seeds),
  ],
  judge: judgedAt((runs, scale) => {
    const arms = byArm(runs);
    const gains = settings[scale].plain.map((network) => {
      const [, normal] = best(arms, network, "normal");
      const [, decayed] = best(arms, network, "loss decay");
      return pairedDifferences(normal, decayed, finalError("test"));
    });
    const [shallow, deep] = gains as [number[], number[]];
    const parts = [
      ...settings[scale].plain.map(({ training }, i) => ({
        name: `${networkName(training)}: only loss decay trains`,
        ...judge(gains[i]!, SMALLEST_EFFECT),
      })),
      {
        name: "the difference grows with depth",
        ...judge(deep.map((gain, i) => gain - shallow[i]!), SMALLEST_GROWTH),
      },
    ];
    const linear = armMean(arms.get(LINEAR_ARM)!, finalError("test"));
    return tested(
      {
        verdict: together(parts.map(({ verdict }) => verdict)),
        interval: parts[1]!.interval,
        p: Math.max(...parts.map(({ p }) => p)),
      },
      "points",
      `${
        networkName(settings[scale].plain[1].training)
      }: last test error of normal training minus that of loss decay, each at its rate from the validation split; the claim has three parts`,
      [
        ...parts.map(({ name, verdict, interval }) =>
          `${name}: ${verdict}, ${interval.mean.toFixed(2)} points [${
            interval.low.toFixed(2)
          }, ${interval.high.toFixed(2)}]`
        ),
        ...networks(scale).flatMap((network) => {
          const [normalName, normal] = best(arms, network, "normal");
          const [decayedName, decayed] = best(arms, network, "loss decay");
          return [
            trainedText(normalName, normal, linear),
            trainedText(decayedName, decayed, linear),
            difference(
              normal,
              decayed,
              `${networkName(network.training)}, normal minus loss decay`,
            ),
          ];
        }),
      ],
    );
  }),
  figures: (runs: readonly Run[], scale) =>
    networks(scale).map((network) =>
      errorCurves(runs, {
        title: `A plain network of ${networkName(network.training)}`,
        names: (Object.keys(METHODS) as Method[]).flatMap((method) =>
          armsOf(network, method)
        ),
        ordered: false,
      })
    ),
};
