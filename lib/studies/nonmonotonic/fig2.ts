/**
 * Nonmonotonic schedules, figure 2 and equations 14 and 15: where on its way from the
 * initial weights a training meets its largest gradient.
 *
 * @module
 */
import { scatterFigure } from "../../figures/scatter_figure.ts";
import { intervalText, meanText } from "../interval_text.ts";
import { judge, together } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { obstacle } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { probed } from "./flatter.ts";
import { probePlans } from "./probe_plans.ts";
import { bestOf } from "./probed_runs.ts";

/** "Near the initial weights": before this share of the way to the final ones. */
const NEAR = 0.5;

/** The least distance from that share that would matter. */
const SMALLEST_EFFECT = 0.1;

const SCHEDULES = ["Gaussian", "step"] as const;

/** Gradient norms along a run, and the share of the way that was gone by then. */
function course(run: Run) {
  const norms = probed(run, "gradient norm");
  const distances = probed(run, "distance from start");
  const whole = probed(run, "lengths")[2]!;
  return { norms, shares: distances.map((distance) => distance / whole) };
}

/**
 * The share of the way at which the gradient is largest; one that is not finite is.
 *
 * @param from The first of the moments that count.
 */
function shareAtLargest(run: Run, from = 0): number {
  const { norms, shares } = course(run);
  const sizes = norms.slice(from)
    .map((norm) => Number.isNaN(norm) ? Infinity : norm);
  return shares[from + sizes.indexOf(Math.max(...sizes))]!;
}

/** The same without the initial weights, where the schedule has done nothing yet. */
function laterText(runs: readonly Run[]): string {
  const shares = runs.map((run) => shareAtLargest(run, 1))
    .filter(Number.isFinite);
  return shares.length < 2
    ? "not measured"
    : `${meanText(shares, 3)}, at most ${Math.max(...shares).toFixed(3)}`;
}

/** Both sides of (14), the bound of (15) and the largest gradient. */
function equations(run: Run) {
  const [initial, peak, final] = probed(run, "loss");
  const [, toPeak, toInitial] = probed(run, "lengths");
  return {
    left: Math.abs(initial! - final!) / Math.abs(peak! - final!),
    right: toInitial! / toPeak!,
    bound: Math.abs(initial! - final!) / toInitial!,
    largest: Math.max(...course(run).norms),
  };
}

function inWords(schedule: string, runs: readonly Run[]): string {
  const all = runs.map(equations);
  const mean = (key: keyof typeof all[number]) =>
    (all.reduce((sum, one) => sum + one[key], 0) / all.length).toPrecision(3);
  const holds = all.filter(({ left, right }) => left > right).length;
  const bounded = all.filter(({ bound, largest }) => largest >= bound).length;
  return `${schedule}: (14) ${mean("left")} against ${
    mean("right")
  } on average, the left side is larger in ${holds} of ${all.length} runs; (15) g_LB = ${
    mean("bound")
  }, the largest gradient on the way, ${
    mean("largest")
  }, is no smaller in ${bounded} of ${all.length} runs.`;
}

const measured = (runs: readonly Run[]) =>
  runs.filter((run) =>
    probed(run, "gradient norm").length > 0 &&
    Number.isFinite(shareAtLargest(run))
  );

/** Where gradients peak. */
export const fig2: StudyItem = {
  item: "fig2",
  headline: false,
  plans: probePlans,
  judge: judgedAt(
    (runs, scale) => {
      const measuredOf = (schedule: typeof SCHEDULES[number]) =>
        measured(bestOf(runs, schedule, scale));
      if (SCHEDULES.some((schedule) => measuredOf(schedule).length < 2)) {
        return {
          measured: { value: null, interval: null },
          verdict: "not judged",
          reason: "too few runs of a schedule were measured",
          notes: [],
        };
      }
      const parts = SCHEDULES.map((schedule) => {
        const own = measuredOf(schedule);
        const shares = own.map((run) => shareAtLargest(run));
        const found = judge(
          shares.map((share) => NEAR - share),
          SMALLEST_EFFECT,
        );
        return { schedule, own, found, interval: tInterval(shares) };
      });
      const [gaussian] = parts;
      return tested(
        {
          verdict: together(parts.map(({ found }) => found.verdict)),
          interval: gaussian!.interval,
          p: Math.max(...parts.map(({ found }) => found.p)),
        },
        "share of the way",
        `share of ‖w_final − w_init‖ at which the gradient over the examples is largest, Gaussian; near is less than ${NEAR} with both schedules, and by at least ${SMALLEST_EFFECT}`,
        parts.flatMap(({ schedule, own, found, interval }) => [
          `${schedule}: ${found.verdict}, ${
            intervalText(interval, 3)
          }; without the initial weights themselves: ${laterText(own)}.`,
          inWords(schedule, own),
        ]),
      );
    },
    obstacle,
    "are left out",
  ),
  figures(runs, scale) {
    const caption =
      "Norm of the gradient over the examples against the distance from the initial weights, as a share of that of the final ones; a dot each for the same moments of each run. w_peak of (14) is the paper's local maximum of the loss, which it does not say how to find: taken as the peak stage's weights. w_opt is the final weights.";
    return [{
      caption,
      figure: scatterFigure({
        title: "Where gradients are large",
        caption,
        x: { title: "‖w − w_init‖ / ‖w_final − w_init‖" },
        y: { title: "gradient norm", scale: "log" },
        series: SCHEDULES.map((schedule) => {
          const courses = measured(bestOf(runs, schedule, scale)).map(course);
          return {
            name: schedule,
            x: courses.flatMap(({ shares }) => shares),
            y: courses.flatMap(({ norms }) => [...norms]),
          };
        }),
      }),
    }];
  },
};
