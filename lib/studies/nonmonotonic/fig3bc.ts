/**
 * Nonmonotonic schedules, figures 3b and 3c: the training loss along lines through the
 * space of inputs, in random directions and towards validation examples.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import type { Scale } from "../catalogue.ts";
import type { LinesPlan } from "../probes/flatness.ts";
import type { StudyItem } from "../study.ts";
import { meanRise, type Measure, probed } from "./flatter.ts";
import { flatterJudge } from "./flatter_judge.ts";
import { lineSeries, linesOf, meanLine } from "./probe_lines.ts";
import { probePlans, probeSettings } from "./probe_plans.ts";

/** One of the two figures. */
interface InputFigure {
  item: string;
  /** The probe's name. */
  probe: "input noise" | "neighbour paths";
  title: string;
  /** What the loss is measured under, in words. */
  under: string;
  /** The largest α that is judged on; the others are drawn and noted. @default {all} */
  judgedTo?: number;
  caption: string;
  plan(scale: Scale): LinesPlan;
}

/** The mean of losses beyond the first, which is where nothing has changed. */
function meanOf([, ...losses]: readonly number[]): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

const SCHEDULES =
  "Bold: means over seeds and draws; bands: from the least to the largest line of any draw and seed. Inputs are standardised, and not put back into a range. Each schedule at the rate that suits it on the validation split; the control has as large a sum of rates as the Gaussian in its name.";

function inputFigure(
  { item, probe, title, under, judgedTo = Infinity, caption, plan }:
    InputFigure,
): StudyItem {
  const whole = `${caption} ${SCHEDULES}`;
  /** A measure of the mean line as far as some α. */
  const measure = (
    scale: Scale,
    name: string,
    of: (losses: number[]) => number,
    to = judgedTo,
  ): Measure => {
    const { alphas } = plan(scale);
    const counted = alphas.filter((alpha) => alpha <= to).length;
    const range = counted < alphas.length ? `, α ≤ ${to}` : "";
    return {
      name: `${name} of the training loss ${under}${range}`,
      of: (run) =>
        of(
          meanLine(linesOf(probed(run, probe), alphas.length))
            .slice(0, counted),
        ),
    };
  };
  const measures = (scale: Scale) => [
    measure(scale, "mean rise", meanRise),
    measure(scale, "mean", meanOf),
    ...judgedTo === Infinity
      ? []
      : [measure(scale, "mean rise", meanRise, Infinity)],
  ];
  return {
    item,
    headline: false,
    plans: probePlans,
    judge: flatterJudge(
      (scale) => measures(scale).slice(0, 1),
      (scale) => measures(scale).slice(1),
      (runs) => {
        if (probe === "input noise") return [];
        const shares = runs.flatMap((run) => probed(run, "label agreement"));
        return [
          `${
            (100 * (shares[0] ?? NaN)).toFixed(1)
          } % of the neighbours have their example's label.`,
        ];
      },
    ),
    figures(runs, scale) {
      return [{
        caption: whole,
        figure: lineFigure({
          title,
          caption: whole,
          x: { title: "α" },
          y: { title: "training loss" },
          series: lineSeries(runs, scale, probe, plan(scale).alphas),
        }),
      }];
    },
  };
}

/** Loss under noise on the inputs. */
export const fig3b: StudyItem = inputFigure({
  item: "fig3b",
  probe: "input noise",
  title: "Loss under noise on the inputs",
  under: "under input noise",
  caption:
    "Training loss at x + α·n, n normal, of length 1 over all numbers of an image. The text does not say whether examples share the noise: here each example has its own in each draw.",
  plan: (scale) => probeSettings[scale].flatness.inputNoise,
});

/** Loss from training to validation examples. */
export const fig3c: StudyItem = inputFigure({
  item: "fig3c",
  probe: "neighbour paths",
  title: "Loss from training towards validation examples",
  under: "towards validation examples",
  judgedTo: 0.5,
  caption:
    "Training loss at x + α·(x_val − x) with the label of x; x_val is drawn from the ten validation examples that are nearest to x. The text does not restrict them to the class of x, nor does this, so that near α = 1 a large loss is right for most of them: the verdict is on α ≤ ½, where x is the nearer of the two.",
  plan: (scale) => probeSettings[scale].flatness.neighbourPaths,
});
