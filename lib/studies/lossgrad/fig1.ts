/**
 * LOSSGRAD, figure 1: the linear prediction, at a real step.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { illustration, type Run, type StudyItem } from "../study.ts";
import {
  excess,
  nearestTo,
  realStepPlans,
  realSteps,
  remarks,
} from "./real_step.ts";

/** A step at which the method is undecided: it shows the prediction's error best. */
const example = (runs: readonly Run[]) =>
  nearestTo(0.5, runs.flatMap(realSteps));

/** The loss along a gradient, its tangent, and what a step reaches. */
export const fig1: StudyItem = {
  item: "fig1",
  headline: false,
  plans: realStepPlans,
  judge(runs) {
    const step = example(runs);
    return illustration(
      step
        ? [
          `The step of ${step.rate} at the beginning of epoch ${step.epoch} was to lower the loss by ${
            (step.rate * step.gradientSquared).toPrecision(3)
          } and lowered it by ${
            (step.profile.losses[0]! - step.reached).toPrecision(3)
          }`,
          ...remarks(runs, [step]),
        ]
        : [],
    );
  },
  figures(runs) {
    const step = example(runs);
    if (step === undefined) return [];
    const { profile: { rates, losses }, rate, gradientSquared, reached } = step;
    const start = losses[0]!;
    const caption =
      `A step of LOSSGRAD at the beginning of epoch ${step.epoch}, on its own batch: the linear prediction f(0) − h·g·g and f(h) at its step size h = ${rate}. The loss misses ${
        (100 * excess(step)).toFixed(0)
      } % of the predicted decrease.${
        remarks(runs, [step]).map((remark) => ` ${remark}.`).join("")
      }`;
    return [{
      caption,
      figure: lineFigure({
        title: "The linear prediction at a real step",
        caption,
        x: { title: "step size" },
        y: { title: "loss of the batch" },
        series: [
          { name: "loss along the gradient", x: rates, y: losses },
          {
            name: "linear prediction",
            x: [0, rate],
            y: [start, start - rate * gradientSquared],
            markers: true,
          },
          {
            name: "what the step reaches",
            x: [0, rate],
            y: [start, reached],
            markers: true,
          },
        ],
      }),
    }];
  },
};
