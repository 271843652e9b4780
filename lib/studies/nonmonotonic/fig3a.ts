/**
 * Nonmonotonic schedules, figure 3a: the training loss from the final weights towards
 * those of the peak stage.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { tableFigure } from "../../figures/table_figure.ts";
import type { Run, StudyItem } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import {
  describe,
  differences,
  judgeFlatter,
  meanRise,
  type Measure,
  probed,
} from "./flatter.ts";
import { lineSeries } from "./probe_lines.ts";
import { probePlans, probeSettings } from "./probe_plans.ts";

/** What the figure shows, as one number. */
const pathRise: Measure = {
  name: "mean rise of the training loss towards the peak stage's weights",
  of: (run) => meanRise(probed(run, "weight path")),
};

/** (c − ε)/‖w₀ − w*‖ of section 6.3, c the loss at the peak stage's weights. */
function slope(run: Run): number {
  const [, peak, final] = probed(run, "loss");
  const [, distance] = probed(run, "lengths");
  return (peak! - final!) / distance!;
}

/** The first of a list of one number. */
const only = (name: string) => (run: Run) => probed(run, name)[0] ?? NaN;

/** Other ways to measure the same. */
const others: readonly Measure[] = [
  { name: "flatness slope (section 6.3) to the peak's weights", of: slope },
  { name: "SAM sharpness, ρ = 0.05", of: only("SAM") },
  {
    name: "ASAM sharpness, ρ = 0.5, η = 0 (stays when layers are rescaled)",
    of: only("ASAM"),
  },
  {
    name:
      "relative flatness of the last layer (stays when layers are rescaled)",
    of: only("relative flatness"),
  },
];

const CAPTION =
  "Training loss at w_final + α·(w_peak − w_final)/‖w_peak − w_final‖, α in units of weight space. Lines: means over seeds; bands: from the least to the largest, as in the paper. The text does not say what the peak stage of a step schedule is: here the end of the stage of its largest rate; of the Gaussian, the middle of the training. Each schedule at the rate that suits it on the validation split; the control has as large a sum of rates as the Gaussian of the largest peak.";

/** Loss towards the peak-stage weights. */
export const fig3a: StudyItem = {
  item: "fig3a",
  headline: true,
  plans: probePlans,
  judge: judgedAt((runs, scale) => judgeFlatter(runs, scale, pathRise, others)),
  figures(runs, scale) {
    const table =
      "Relative differences in pairs of a seed: the step schedule's value minus the Gaussian's over their mean size; positive where the Gaussian's place is flatter. Mean and 95 % t interval, and a sign test over the pairs. A flatter place is not by itself a better one.";
    return [
      {
        caption: CAPTION,
        figure: lineFigure({
          title: "Loss from the final towards the peak stage's weights",
          caption: CAPTION,
          x: { title: "α" },
          y: { title: "training loss" },
          series: lineSeries(
            runs,
            scale,
            "weight path",
            probeSettings[scale].flatness.weightPath,
          ),
        }),
      },
      {
        caption: table,
        figure: tableFigure({
          title: "Flatness of the final weights, measured in five ways",
          caption: table,
          columns: [
            { title: "measure", width: 30 },
            { title: "step − Gaussian", width: 34 },
            { title: "step of equal area − Gaussian", width: 34 },
          ],
          rows: [pathRise, ...others].map((measure) => [
            measure.name,
            describe(differences(runs, scale, measure, "step")),
            describe(differences(runs, scale, measure, "step of equal area")),
          ]),
        }),
      },
    ];
  },
};
