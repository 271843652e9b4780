/**
 * Nonmonotonic schedules, section 5 against section 7: is it safe to begin at the
 * very foot of the peak, or does too small a start not lead to success?
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { Scale } from "../catalogue.ts";
import { errorCurves, finalErrorSeries } from "../charts.ts";
import {
  type Arm,
  byArm,
  chosenOnValidation,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { intervalText } from "../interval_text.ts";
import { pairedPlans, type TrainingPlan } from "../plan.ts";
import { judge, tInterval, together } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { schedules, settings } from "./settings.ts";

/**
 * What a start may cost and still be called safe, in points of test error: less than
 * half of the 2.3 points that the paper's small model gains.
 */
const MARGIN = 1;

/** γmax/γstart of the later start: the paper's rule, and its ImageNet setting. */
const START_DIVISOR = 3;

const STARTS = ["t_offset = 0", "γstart = γmax/3"] as const;
type Start = typeof STARTS[number];

const arm = (start: Start, epochs: number, peak: number) =>
  `${start}, ${epochs} epochs, ${peak}`;

function spec(
  training: TrainingPlan,
  start: Start,
  peak: number,
): ScheduleSpec {
  const whole = schedules.Gaussian(training, peak);
  return start === "t_offset = 0"
    ? whole
    : { ...whole, start: peak / START_DIVISOR };
}

/** A start at the peak rate that suits it, on the validation split. */
function best(
  arms: ReadonlyMap<string, Arm>,
  start: Start,
  epochs: number,
  scale: Scale,
): Arm {
  const names = settings[scale].rates.map((peak) => arm(start, epochs, peak));
  return arms.get(chosenOnValidation(arms, names))!;
}

/** What starting at the foot costs, in points, one number a seed. */
function costs(runs: readonly Run[], epochs: number, scale: Scale): number[] {
  const arms = byArm(runs);
  return pairedDifferences(
    best(arms, "t_offset = 0", epochs, scale),
    best(arms, "γstart = γmax/3", epochs, scale),
    finalError("test"),
  );
}

/** In words, by what the runs say of "it is safe to start at the foot". */
const ANSWERS = {
  reproduced: `t_offset = 0 is safe: it costs less than ${MARGIN} point`,
  contradicted:
    `too small a start does not lead to success: t_offset = 0 costs more than ${MARGIN} point`,
  inconclusive: "not decided",
} as const;

/** Which of the two statements holds. */
export const start: StudyItem = {
  item: "start",
  headline: false,
  plans(scale, seeds = settings[scale].seeds) {
    const { small, lengths, rates } = settings[scale];
    return [
      ...lengths.flatMap((epochs) => {
        const training = { ...small, epochs };
        const arms = STARTS.flatMap((start) =>
          rates.map((peak) =>
            [arm(start, epochs, peak), spec(training, start, peak)] as const
          )
        );
        return pairedPlans(training, Object.fromEntries(arms), seeds);
      }),
      ...linearPlans(small, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const parts = settings[scale].lengths.map((epochs) => {
      const values = costs(runs, epochs, scale);
      // Safe: what it costs lies below the margin.
      const { verdict, p } = judge(values.map((cost) => MARGIN - cost), 0);
      return { epochs, verdict, p, interval: tInterval(values) };
    });
    const verdict = together(parts.map(({ verdict }) => verdict));
    const longest = parts.at(-1)!;
    return tested(
      {
        verdict,
        interval: longest.interval,
        p: Math.max(...parts.map(({ p }) => p)),
      },
      "points",
      `${
        ANSWERS[verdict as keyof typeof ANSWERS]
      } (reproduced stands for the first of the two statements, contradicted for the second); measured: test error of t_offset = 0 minus that of γstart = γmax/3, ${longest.epochs} epochs, each at the peak that suits it on the validation split`,
      parts.map(({ epochs, verdict, interval }) =>
        `${epochs} epochs: ${ANSWERS[verdict as keyof typeof ANSWERS]}, ${
          intervalText(interval)
        } points`
      ),
    );
  }),
  figures(runs, scale) {
    const { lengths, rates } = settings[scale];
    const arms = byArm(runs);
    const caption =
      "Last test error; each start at the peak that suits it on the validation split. Points are means over seeds, bands 95 % t intervals.";
    return [
      {
        caption,
        figure: lineFigure({
          title: "Test error by start and length of training",
          caption,
          x: { title: "length of training", unit: "epochs" },
          y: { title: "test error", unit: "%" },
          series: STARTS.map((start) =>
            finalErrorSeries(
              start,
              lengths.map((epochs) =>
                [epochs, best(arms, start, epochs, scale)] as const
              ),
            )
          ),
        }),
      },
      errorCurves(runs, {
        title: "Test error over training by start and peak rate",
        names: STARTS.flatMap((start) =>
          rates.map((peak) => arm(start, lengths[0]!, peak))
        ),
      }),
    ];
  },
};
