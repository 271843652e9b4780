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
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { pairedPlans, type TrainingPlan } from "../plan.ts";
import { judge } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { LINEAR_ARM, linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { kDecayRate, settings } from "./settings.ts";

/** The least shift of the threshold that would matter, in units of k. */
const SMALLEST_EFFECT = 0.5;

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

/**
 * The largest k that is still no worse than k = 1, for one seed: past it, more k
 * harms.
 */
function breakingK(arms: readonly [number, Arm][], seed: number): number {
  const error = (a: Arm) => finalError("test")(a.get(seed)!);
  const one = error(arms.find(([k]) => k === 1)![1]);
  return Math.max(...arms.filter(([, a]) => error(a) <= one).map(([k]) => k));
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
    const seeds = [...few[0]![1].keys()].filter((seed) =>
      many[0]![1].has(seed)
    );
    const shifts = seeds.map((seed) =>
      breakingK(few, seed) - breakingK(many, seed)
    );
    const notes = [few, many].map((arms, i) => {
      const [best] = arms.toSorted(([, a], [, b]) =>
        armMean(a, finalError("validation")) -
        armMean(b, finalError("validation"))
      );
      const one = arms.find(([k]) => k === 1)![1];
      const gains = pairedDifferences(one, best![1], finalError("test"));
      const gain = gains.reduce((sum, g) => sum + g, 0) / gains.length;
      const threshold = seeds.reduce((sum, seed) =>
        sum + breakingK(arms, seed), 0) / seeds.length;
      return `Depth ${
        depthOf([shallow, deep][i]!)
      }: best k on the validation split ${best![0]} (${
        gain.toFixed(2)
      } points below k = 1 on the test set), largest k no worse than 1: ${
        threshold.toFixed(1)
      } on average.`;
    });
    return tested(
      judge(shifts, SMALLEST_EFFECT),
      "k",
      "largest k that is no worse than k = 1: the shallower network's minus the deeper one's",
      notes,
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
