/**
 * Adaptive rates, section 6.2: the initial rate.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { byArm } from "../comparisons.ts";
import { comesToTheSame, type Equivalence } from "../equivalence.ts";
import { intervalText } from "../interval_text.ts";
import { controlledPlans } from "../plan.ts";
import { jointly } from "../statistics.ts";
import type { Finding, Run, StudyItem } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { armCourse } from "./arm_course.ts";
import { secondOrder } from "./arms.ts";
import { courseFigure, rateFigure } from "./charts.ts";
import { armOf } from "./findings.ts";
import { deviation, endRate, isLost, sound } from "./measures.ts";
import { settings } from "./settings.ts";

const startArm = (rate: number) => `from ${Number(rate.toPrecision(6))}`;

const startsAt = (scale: Scale) => {
  const { lenetRate } = settings[scale];
  return [lenetRate / 10, lenetRate, lenetRate * 10];
};

/** "The same value": within a factor of two. */
const SAME = Math.log(2);

/** log η at the end; undefined where a run was lost. */
const ended = (run: Run) => isLost(run) ? undefined : endRate(run);

/** Whether the rates from the lower and the higher start end where the middle one's do. */
function judgeStarts(runs: readonly Run[], scale: Scale): Finding {
  const arms = byArm(runs);
  const names = startsAt(scale).map(startArm);
  const [low, middle, high] = names as [string, string, string];
  const compared = [low, high].map((name) => ({
    name: `log of the end rate ${name} over that ${middle}`,
    ...comesToTheSame(armOf(arms, name), armOf(arms, middle), ended, SAME),
  }));
  const distance = ({ interval }: Equivalence) => Math.abs(interval?.mean ?? 0);
  const [farther] = compared.toSorted((a, b) => distance(b) - distance(a));
  const shown = farther!.interval;
  return {
    ...jointly(compared),
    measured: {
      value: shown?.mean ?? null,
      interval: shown ? [shown.low, shown.high] : null,
      unit: "log ratio",
    },
    reason: `${
      farther!.name
    }, that of the two which is farther from 0; the claim is that both are 0 to within log 2 (95 % intervals of the paired differences, so that the spread over seeds counts)`,
    notes: [
      ...compared.map(({ name, verdict, interval }) =>
        `${name}: ${verdict}${interval ? `, ${intervalText(interval)}` : ""}`
      ),
      ...names.flatMap((name) => {
        const left = sound(armOf(arms, name));
        return left.length < 2 ? [] : [
          `${name}: standard deviation of the log of the end rate over the seeds ${
            deviation(left.map(endRate)).toPrecision(3)
          }`,
        ];
      }),
      ...names.map((name) => armCourse(name, armOf(arms, name))),
    ],
  };
}

/** Initial rates over two orders of magnitude. */
export const section62: StudyItem = {
  item: "section6-2",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    return controlledPlans(
      settings[scale].lenet,
      Object.fromEntries(
        startsAt(scale).map((rate) => [startArm(rate), secondOrder(rate)]),
      ),
      seeds,
    );
  },
  judge: judgedAt(judgeStarts),
  figures(runs, scale) {
    const names = startsAt(scale).map(startArm);
    return [
      rateFigure(runs, { title: "Learning rates from three starts", names }),
      courseFigure(runs, { title: "LeNet from three starts", names }),
    ];
  },
};
