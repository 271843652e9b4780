/**
 * Nonmonotonic schedules, section 5 against section 7: is it safe to begin at the
 * very foot of the peak, or does too small a start not lead to success?
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import type { Scale } from "../catalogue.ts";
import { errorCurves, finalErrorSeries } from "../charts.ts";
import { byArm, finalError, pairedDifferences } from "../comparisons.ts";
import { intervalText } from "../interval_text.ts";
import { pairedPlans, type TrainingPlan } from "../plan.ts";
import { judge, together } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
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

const arm = (start: Start, epochs: number) => `${start}, ${epochs} epochs`;

function spec(training: TrainingPlan, start: Start, scale: Scale) {
  // The largest of the rates: the later start is then at the usual one.
  const peak = Math.max(...settings[scale].rates);
  const whole = schedules.Gaussian(training, peak);
  return start === "t_offset = 0"
    ? whole
    : { ...whole, start: peak / START_DIVISOR };
}

/** What starting at the foot costs, in points, one number a seed. */
function costs(runs: readonly Run[], epochs: number): number[] {
  const arms = byArm(runs);
  const [foot, later] = STARTS.map((start) => arms.get(arm(start, epochs))!);
  return pairedDifferences(foot!, later!, finalError("test"));
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
    const { small, lengths } = settings[scale];
    return [
      ...lengths.flatMap((epochs) => {
        const training = { ...small, epochs };
        const arms = STARTS.map((start) =>
          [arm(start, epochs), spec(training, start, scale)] as const
        );
        return pairedPlans(training, Object.fromEntries(arms), seeds);
      }),
      ...linearPlans(small, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const parts = settings[scale].lengths.map((epochs) => {
      const values = costs(runs, epochs);
      // Safe: what it costs lies below the margin.
      const { verdict, p } = judge(values.map((cost) => MARGIN - cost), 0);
      return { epochs, verdict, p, interval: tInterval(values) };
    });
    const verdict = together(parts.map(({ verdict }) => verdict));
    const longest = parts.at(-1)!;
    const against = parts.filter((part) => part.verdict === "contradicted");
    // Safe at all lengths, or unsafe at one of several.
    const p = against.length === 0
      ? Math.max(...parts.map(({ p }) => p))
      : Math.min(1, parts.length * Math.min(...against.map(({ p }) => p)));
    const finding = tested(
      { verdict, interval: longest.interval, p },
      "points",
      `${
        ANSWERS[verdict as keyof typeof ANSWERS]
      } (reproduced stands for the first of the two statements, contradicted for the second); measured: test error of t_offset = 0 minus that of γstart = γmax/3, ${longest.epochs} epochs`,
      parts.map(({ epochs, verdict, interval }) =>
        `${epochs} epochs: ${ANSWERS[verdict as keyof typeof ANSWERS]}, ${
          intervalText(interval)
        } points`
      ),
    );
    return { ...finding, twoAnswers: true };
  }),
  figures(runs, scale) {
    const { lengths } = settings[scale];
    const arms = byArm(runs);
    const caption =
      "Last test error; both starts lead to the same peak. Points are means over seeds, bands 95 % t intervals.";
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
                [epochs, arms.get(arm(start, epochs))!] as const
              ),
            )
          ),
        }),
      },
      errorCurves(runs, {
        title: "Test error over training by start",
        names: STARTS.map((start) => arm(start, lengths[0]!)),
        ordered: false,
      }),
    ];
  },
};
