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
import { judgedAt } from "../verdict.ts";
import { judgeFlatter, meanRise, type Measure, probed } from "./flatter.ts";
import { lineSeries, linesOf, meanLine } from "./probe_lines.ts";
import { probePlans, probeSettings } from "./probe_plans.ts";

/** One of the two figures. */
interface InputFigure {
  item: string;
  /** The probe's name. */
  probe: "input noise" | "neighbour paths";
  title: string;
  measure: string;
  caption: string;
  plan(scale: Scale): LinesPlan;
}

const SCHEDULES =
  "Bold: means over seeds and draws; bands: from the least to the largest line of any draw and seed. Inputs are standardised, and not put back into a range. Each schedule at the rate that suits it on the validation split; the control has as large a sum of rates as the Gaussian of the largest peak.";

function inputFigure(
  { item, probe, title, measure: name, caption, plan }: InputFigure,
): StudyItem {
  const whole = `${caption} ${SCHEDULES}`;
  const measure = (scale: Scale): Measure => ({
    name,
    of: (run) =>
      meanRise(
        meanLine(linesOf(probed(run, probe), plan(scale).alphas.length)),
      ),
  });
  return {
    item,
    headline: false,
    plans: probePlans,
    judge: judgedAt((runs, scale) => {
      const finding = judgeFlatter(runs, scale, measure(scale));
      if (probe === "input noise") return finding;
      const shares = runs.flatMap((run) => probed(run, "label agreement"));
      return {
        ...finding,
        notes: [
          ...finding.notes,
          `${
            (100 * (shares[0] ?? NaN)).toFixed(1)
          } % of the neighbours have their example's label.`,
        ],
      };
    }),
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
  measure: "mean rise of the training loss under input noise",
  caption:
    "Training loss at x + α·n, n normal, of length 1 over all numbers of an image. The text does not say whether examples share the noise: here each example has its own in each draw.",
  plan: (scale) => probeSettings[scale].flatness.inputNoise,
});

/** Loss from training to validation examples. */
export const fig3c: StudyItem = inputFigure({
  item: "fig3c",
  probe: "neighbour paths",
  title: "Loss from training towards validation examples",
  measure: "mean rise of the training loss towards validation examples",
  caption:
    "Training loss at x + α·(x_val − x) with the label of x; x_val is drawn from the ten validation examples that are nearest to x. The text does not restrict them to the class of x, nor does this.",
  plan: (scale) => probeSettings[scale].flatness.neighbourPaths,
});
