/**
 * LOSSGRAD, figure 2: the parabola that decides, at real steps.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import { illustration, type Run, type StudyItem } from "../study.ts";
import {
  excess,
  nearestTo,
  type RealStep,
  realStepPlans,
  realSteps,
  remarks,
} from "./real_step.ts";

/** The points of a parabola. */
const POINTS = 40;

/** A step at which the parabola still falls at h, and one at which it rises. */
function examples(runs: readonly Run[]): [name: string, step: RealStep][] {
  const steps = runs.flatMap(realSteps);
  const grows = nearestTo(0.25, steps.filter((step) => excess(step) <= 0.5));
  const shrinks = nearestTo(0.75, steps.filter((step) => excess(step) > 0.5));
  return [
    ...grows ? [["h grows", grows] as [string, RealStep]] : [],
    ...shrinks ? [["h shrinks", shrinks] as [string, RealStep]] : [],
  ];
}

function exampleText([name, step]: [name: string, step: RealStep]): string {
  const missed = excess(step);
  const minimum = missed > 0
    ? `the parabola's minimum is at ${
      (step.rate / (2 * missed)).toPrecision(3)
    }`
    : "the parabola has no minimum";
  return `${name}: at the beginning of epoch ${step.epoch} a step of ${step.rate} misses ${
    (100 * missed).toFixed(0)
  } % of the predicted decrease; ${minimum}`;
}

function panel(title: string, step: RealStep) {
  const { profile: { rates, losses }, rate: h, gradientSquared } = step;
  const start = losses[0]!;
  const curvature = excess(step) * gradientSquared / h;
  const x = Array.from(
    { length: POINTS + 1 },
    (_, i) => rates.at(-1)! * i / POINTS,
  );
  return lineFigure({
    title: `${title}, epoch ${step.epoch}`,
    x: { title: "step size" },
    y: { title: "loss of the batch" },
    series: [
      { name: "loss along the gradient", x: rates, y: losses },
      {
        name: "parabola",
        x,
        y: x.map((eta) => start - gradientSquared * eta + curvature * eta ** 2),
      },
      { name: "the step", x: [0, h], y: [start, step.reached], markers: true },
    ],
  });
}

/** The parabola through f(0) and f(h) with the slope −g·g at 0. */
export const fig2: StudyItem = {
  item: "fig2",
  headline: false,
  plans: realStepPlans,
  judge(runs) {
    const found = examples(runs);
    return illustration([
      ...found.map(exampleText),
      ...remarks(runs, found.map(([, step]) => step)),
    ]);
  },
  figures(runs) {
    const found = examples(runs);
    if (found.length === 0) return [];
    const ends = remarks(runs, found.map(([, step]) => step));
    const caption =
      `The loss along the gradient at real steps, and the parabola that has its value and slope at 0 and its value at h. Where the parabola still falls at h, h grows; where it rises, h shrinks.${
        ends.map((remark) => ` ${remark}.`).join("")
      }`;
    return [{
      caption,
      figure: panelFigure({
        title: "The parabola at real steps",
        caption,
        panels: found.map(([name, step]) => panel(name, step)),
      }),
    }];
  },
};
