/**
 * Nonmonotonic schedules, figure 3a: the training loss from the final weights towards
 * those of the peak stage.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { tableFigure } from "../../figures/table_figure.ts";
import type { LineSeries } from "../../figures/line_figure.ts";
import type { Scale } from "../catalogue.ts";
import type { Run, StudyItem } from "../study.ts";
import {
  describe,
  differences,
  meanRise,
  meanRiseTo,
  type Measure,
  probed,
} from "./flatter.ts";
import { flatterJudge } from "./flatter_judge.ts";
import { lineSeries } from "./probe_lines.ts";
import { PROBED, probePlans, probeSettings } from "./probe_plans.ts";
import { bestOf } from "./probed_runs.ts";

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

/** The same as far as each run's own peak stage: the path ends elsewhere for each. */
const ownRise = (scale: Scale): Measure => ({
  name: "the same as far as each run's own peak stage",
  of: (run) =>
    meanRiseTo(
      probeSettings[scale].flatness.weightPath,
      probed(run, "weight path"),
      probed(run, "lengths")[1] ?? NaN,
    ),
});

/** Other ways to measure the same. */
const othersAt = (scale: Scale): readonly Measure[] => [
  ownRise(scale),
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

/** A mark a schedule: where its peak stage's weights are on the path, on average. */
function peakStages(runs: readonly Run[], scale: Scale): LineSeries[] {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return PROBED.map((schedule, colour) => {
    const own = bestOf(runs, schedule, scale).filter(({ probed }) => probed);
    const at = (name: string) => mean(own.map((run) => probed(run, name)[1]!));
    return {
      name: `w_peak: ${schedule}`,
      x: [at("lengths")],
      y: [at("loss")],
      colour,
      markers: true,
    };
  });
}

const CAPTION =
  "Training loss at w_final + α·(w_peak − w_final)/‖w_peak − w_final‖, α in units of weight space. Lines: means over seeds; bands: from the least to the largest, as in the paper. Marks: where the peak stages are, ‖w_peak − w_final‖ on average; the lines go on beyond, as far for all. The text does not say what the peak stage of a step schedule is: here the end of the stage of its largest rate; of the Gaussian, the middle of the training. Each schedule at the rate that suits it on the validation split; the control has as large a sum of rates as the Gaussian in its name.";

/** Loss towards the peak-stage weights. */
export const fig3a: StudyItem = {
  item: "fig3a",
  headline: true,
  plans: probePlans,
  judge: flatterJudge(() => [pathRise], othersAt),
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
          series: [
            ...lineSeries(
              runs,
              scale,
              "weight path",
              probeSettings[scale].flatness.weightPath,
            ),
            ...peakStages(runs, scale),
          ],
        }),
      },
      {
        caption: table,
        figure: tableFigure({
          title: "Flatness of the final weights, measured in six ways",
          caption: table,
          columns: [
            { title: "measure", width: 30 },
            { title: "step − Gaussian", width: 34 },
            { title: "step of equal area − Gaussian", width: 34 },
          ],
          rows: [pathRise, ...othersAt(scale)].map((measure) => [
            measure.name,
            describe(differences(runs, scale, measure, "step")),
            describe(differences(runs, scale, measure, "step of equal area")),
          ]),
        }),
      },
    ];
  },
};
