/**
 * k-decay, figure 5: test error against k at two depths.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import type { Scale } from "../catalogue.ts";
import { finalErrorSeries } from "../charts.ts";
import {
  type Arm,
  armMean,
  byArm,
  chosenArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { intervalText } from "../interval_text.ts";
import { pairedPlans, type TrainingPlan } from "../plan.ts";
import { jointly, judge } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { LINEAR_ARM, linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { kDecayRate, settings } from "./settings.ts";

/** The least difference that would matter, in points of test error. */
const SMALLEST_EFFECT = 0.2;

/** From this k on, more k is expected to harm; the paper's thresholds are 7 and 3. */
const LARGE_K = 5;

const depthOf = ({ model }: TrainingPlan) => Number(model.depth);
const arm = (depth: number, k: number) => `depth ${depth}, k = ${k}`;

/** The arms of one depth, by k. */
function depthArms(
  runs: readonly Run[],
  training: TrainingPlan,
  scale: Scale,
): [number, Arm][] {
  const arms = byArm(runs);
  return settings[scale].depthKs.map((
    k,
  ) => [k, arms.get(arm(depthOf(training), k))!]);
}

/** The arm of a k at one depth. */
const armAt = (arms: readonly [number, Arm][], k: number): Arm =>
  arms.find(([own]) => own === k)![1];

/** k's error minus that of k = 1, one number a seed. */
const costOf = (arms: readonly [number, Arm][], k: number): number[] =>
  pairedDifferences(armAt(arms, k), armAt(arms, 1), finalError("test"));

/** The mean of lists, number by number. */
const meanOf = (lists: readonly number[][]): number[] =>
  lists[0]!.map((_, i) =>
    lists.reduce((sum, list) => sum + list[i]!, 0) / lists.length
  );

/** The claim's parts: what is positive where each holds, one number a seed. */
function parts(
  few: readonly [number, Arm][],
  many: readonly [number, Arm][],
): Readonly<Record<string, number[]>> {
  const ks = few.map(([k]) => k);
  const next = ks.find((k) => k > 1)!;
  const most = ks.at(-1)!;
  const large = ks.filter((k) => k >= LARGE_K);
  const depths = [few, many];
  return {
    [`k = ${next} is better than 1, mean of the depths`]: meanOf(
      depths.map((arms) => costOf(arms, next).map((cost) => -cost)),
    ),
    [`k = ${most} is worse than the best k below it, mean of the depths`]:
      meanOf(depths.map((arms) => {
        const below = arms.filter(([k]) => k < most).map(([k, arm]) =>
          [String(k), arm] as const
        );
        const best = chosenArm(new Map(below), below.map(([name]) => name));
        return pairedDifferences(
          armAt(arms, most),
          best,
          finalError("test"),
        );
      })),
    [`k = ${large.join(" and ")} cost the deeper network more`]: meanOf(
      large.map((k) => {
        const shallow = costOf(few, k);
        return costOf(many, k).map((cost, i) => cost - shallow[i]!);
      }),
    ),
  };
}

/** Both things that the paper calls the threshold, by means over the seeds. */
function thresholds(depth: number, arms: readonly [number, Arm][]): string {
  const error = (arm: Arm) => armMean(arm, finalError("test"));
  const one = error(armAt(arms, 1));
  const ks = arms.map(([k]) => k);
  const [best] = arms.reduce((a, b) => error(b[1]) < error(a[1]) ? b : a);
  const last = Math.max(
    ...arms.filter(([, arm]) => error(arm) <= one).map(([k]) => k),
  );
  return `Depth ${depth}: least mean test error at k = ${best}; largest k that is no worse than 1: ${last}${
    last === Math.max(...ks) ? ", the largest tried" : ""
  }`;
}

/** Error against k at two depths. */
export const fig5: StudyItem = {
  item: "fig5",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { shallow, deep, depthKs } = settings[scale];
    return [
      ...[shallow, deep].flatMap((training) =>
        pairedPlans(
          training,
          Object.fromEntries(
            depthKs.map((
              k,
            ) => [arm(depthOf(training), k), kDecayRate(training, k)]),
          ),
          seeds,
        )
      ),
      ...linearPlans(shallow, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const { shallow, deep } = settings[scale];
    const [few, many] = [shallow, deep].map((t) =>
      depthArms(runs, t, scale)
    ) as [
      [number, Arm][],
      [number, Arm][],
    ];
    const judged = Object.entries(parts(few, many)).map(([name, values]) => ({
      name,
      ...judge(values, SMALLEST_EFFECT),
    }));
    return tested(
      {
        ...jointly(judged),
        interval: judged.at(-1)!.interval,
      },
      "points",
      `by how much more a large k (from ${LARGE_K} on) costs the deeper network, against its own k = 1; the claim has three parts`,
      [
        ...judged.map(({ name, verdict, interval }) =>
          `${name}: ${verdict}, ${intervalText(interval)} points`
        ),
        thresholds(depthOf(shallow), few),
        thresholds(depthOf(deep), many),
        "The paper calls threshold the last k that is no worse than 1 (its ResNet-47) and the k after which the error rises (its ResNet-101)",
      ],
    );
  }),
  figures(runs, scale) {
    const { shallow, deep } = settings[scale];
    const caption =
      `Points are means over seeds, bands 95 % t intervals. ${LINEAR_ARM}: ${
        armMean(byArm(runs).get(LINEAR_ARM)!, finalError("test")).toFixed(1)
      } %.`;
    return [{
      caption,
      figure: lineFigure({
        title: "Last test error against k at two depths",
        caption,
        x: { title: "k" },
        y: { title: "test error", unit: "%" },
        series: [shallow, deep].map((training) =>
          finalErrorSeries(
            `depth ${depthOf(training)}`,
            depthArms(runs, training, scale),
          )
        ),
      }),
    }];
  },
};
