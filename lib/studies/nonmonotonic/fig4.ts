/**
 * Nonmonotonic schedules, figure 4: the training loss after changes of the final
 * weights, Gaussian against step schedule.
 *
 * @module
 */
import { scatterFigure } from "../../figures/scatter_figure.ts";
import type { Scale } from "../catalogue.ts";
import { signTest } from "../../statistics/sign_test.ts";
import type { Run, StudyItem } from "../study.ts";
import { type Measure, probed, relativeDifference } from "./flatter.ts";
import { flatterJudge } from "./flatter_judge.ts";
import { linesOf } from "./probe_lines.ts";
import { probePlans, probeSettings } from "./probe_plans.ts";
import { bestOf } from "./probed_runs.ts";

/** One of the three figures. */
interface DirectionFigure {
  item: string;
  /** The probe's name. */
  probe: "first layer" | "all layers" | "fooling";
  title: string;
  /** What the directions are. */
  caption: string;
}

/** One direction and length: its loss with the two schedules. */
interface Dot {
  gaussian: number;
  step: number;
}

type Kind = DirectionFigure["probe"];

/** How far along the directions of a kind. */
function lengthsOf(scale: Scale, probe: Kind): readonly number[] {
  const { lengths, foolingLengths } = probeSettings[scale].flatness.directions;
  return probe === "fooling" ? foolingLengths : lengths;
}

/** The dots of the figure, a list a length. */
function dotsOf(runs: readonly Run[], scale: Scale, probe: Kind): Dot[][] {
  const lengths = lengthsOf(scale, probe);
  const gaussian = new Map(
    bestOf(runs, "Gaussian", scale).map((run) => [run.plan.seed, run]),
  );
  const pairs = bestOf(runs, "step", scale).flatMap((run) => {
    const other = gaussian.get(run.plan.seed);
    if (other === undefined) return [];
    const own = linesOf(probed(run, probe), lengths.length);
    const others = linesOf(probed(other, probe), lengths.length);
    return own.length === others.length
      ? own.map((line, i) => ({ step: line, gaussian: others[i]! }))
      : [];
  });
  return lengths.map((_, k) =>
    pairs.map(({ step, gaussian }) => ({
      step: step[k]!,
      gaussian: gaussian[k]!,
    }))
  );
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The geometric mean of the losses: every dot counts as on the figure's axes. */
function meanLoss(name: string): Measure["of"] {
  return (run) => Math.exp(mean(probed(run, name).map(Math.log)));
}

/** The mean rise over that at the final weights. */
function rise(name: string): Measure["of"] {
  return (run) => mean(probed(run, name)) - (probed(run, "loss")[2] ?? NaN);
}

/** The figure's losses, and what of them is not there without a change. */
const judged = (probe: Kind): Measure[] => [
  {
    name: "geometric mean of the training loss over the dots",
    of: meanLoss(probe),
  },
  { name: "mean rise over the loss at the final weights", of: rise(probe) },
];

/** What is noted beside them. */
const noted = (probe: Kind): Measure[] => [
  {
    name: "loss at the final weights, at length 0",
    of: (run) => probed(run, "loss")[2] ?? NaN,
  },
  ...probe === "fooling" ? [] : [{
    name:
      "mean rise in directions whose filters are as long as the weights' (stays when layers are rescaled)",
    of: rise(`${probe}, relative`),
  }],
];

const SETTLED =
  "Each dot is one direction (the same for both networks of a seed, unless it follows from a gradient) and one length. The text gives no lengths: here those of the legend, in units of weight space. Each schedule at the rate that suits it on the validation split. Dots above the diagonal: the loss of the step schedule's network is larger.";

function directionFigure(
  { item, probe, title, caption }: DirectionFigure,
): StudyItem {
  const whole = `${caption} ${SETTLED}`;
  return {
    item,
    headline: false,
    plans: probePlans,
    judge: flatterJudge(
      () => judged(probe),
      () => noted(probe),
      (runs, scale) =>
        dotsOf(runs, scale, probe).map((dots, k) => {
          const { positive, count } = signTest(
            dots.map(({ step, gaussian }) =>
              relativeDifference(step, gaussian)
            ),
          );
          return `length ${
            lengthsOf(scale, probe)[k]
          }: ${positive} of ${count} dots above the diagonal`;
        }),
    ),
    figures(runs, scale) {
      const lengths = lengthsOf(scale, probe);
      return [{
        caption: whole,
        figure: scatterFigure({
          title,
          caption: whole,
          x: { title: "training loss, Gaussian", scale: "log" },
          y: { title: "training loss, step", scale: "log" },
          diagonal: true,
          series: dotsOf(runs, scale, probe).map((dots, k) => ({
            name: `length ${lengths[k]}`,
            x: dots.map(({ gaussian }) => gaussian),
            y: dots.map(({ step }) => step),
          })),
        }),
      }];
    },
  };
}

/** Random changes of the first layer. */
export const fig4a: StudyItem = directionFigure({
  item: "fig4a",
  probe: "first layer",
  title: "Random changes of the first layer",
  caption:
    "Training loss at the final weights plus a normal direction of length 1 in the first layer's kernel, times a length.",
});

/** Random changes of all layers. */
export const fig4b: StudyItem = directionFigure({
  item: "fig4b",
  probe: "all layers",
  title: "Random changes of all layers",
  caption:
    "Training loss at the final weights plus a normal direction of length 1 over all weights and biases, times a length.",
});

/** Fooling changes of all layers. */
export const fig4c: StudyItem = directionFigure({
  item: "fig4c",
  probe: "fooling",
  title: "Fooling changes of all layers",
  caption:
    "Training loss at the final weights plus a fooling direction over all layers, times a length. The text says no more than 'fooling directions (Szegedy et al.)'; of three readings this is the first: up the gradient of the mean loss of a batch by all weights, at length 1, one batch a direction.",
});
