/**
 * Nonmonotonic schedules, figure 6: Gaussian against Laplacian, updated at each
 * iteration or at each epoch, for several lengths of training.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { Scale } from "../catalogue.ts";
import { finalErrorSeries } from "../charts.ts";
import {
  type Arm,
  type Best,
  bestArm,
  byArm,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { meanText } from "../interval_text.ts";
import { pairedPlans, stepsOf, type TrainingPlan } from "../plan.ts";
import { judge } from "../statistics.ts";
import { type Run, type StudyItem, tested } from "../study.ts";
import { linearPlans } from "../validity.ts";
import { judgedAt } from "../verdict.ts";
import { edgeNote } from "./grid_edge.ts";
import { peakRate, settings } from "./settings.ts";

/** The least difference that would matter, in points of test error. */
const SMALLEST_EFFECT = 0.2;

const SHAPES = ["Gaussian", "Laplacian"] as const;
const UPDATES = ["continuous", "discrete"] as const;
type Shape = typeof SHAPES[number];
type Update = typeof UPDATES[number];

const arm = (shape: Shape, update: Update, epochs: number, rate: number) =>
  `${shape}, ${update}, ${epochs} epochs, ${rate}`;

function spec(
  training: TrainingPlan,
  shape: Shape,
  update: Update,
  rate: number,
): ScheduleSpec {
  const inner = peakRate(
    shape === "Gaussian" ? "gaussian" : "laplacian",
    training,
    rate,
  );
  return update === "continuous" ? inner : {
    kind: "perEpoch",
    inner,
    stepsPerEpoch: stepsOf(training) / training.epochs,
  };
}

/** The peak rates that a shape is tried at. */
const peaksOf = (shape: Shape, scale: Scale) =>
  settings[scale][shape === "Gaussian" ? "rates" : "laplacianPeaks"];

/** The names of a shape's arms, one a peak rate. */
const namesOf = (shape: Shape, update: Update, epochs: number, scale: Scale) =>
  peaksOf(shape, scale).map((rate) => arm(shape, update, epochs, rate));

/** A shape at the peak rate that suits it. */
function best(
  arms: ReadonlyMap<string, Arm>,
  shape: Shape,
  update: Update,
  epochs: number,
  scale: Scale,
): Best {
  return bestArm(arms, namesOf(shape, update, epochs, scale));
}

/** Where a chosen peak rate is the edge of those that were tried. */
function edges(arms: ReadonlyMap<string, Arm>, scale: Scale): string[] {
  return settings[scale].lengths.flatMap((epochs) =>
    UPDATES.flatMap((update) =>
      SHAPES.flatMap((shape) => {
        const peaks = peaksOf(shape, scale);
        const names = namesOf(shape, update, epochs, scale);
        const { name } = best(arms, shape, update, epochs, scale);
        const chosen = names.indexOf(name);
        return edgeNote(
          `${shape}, ${update}, ${epochs} epochs`,
          peaks[chosen]!,
          peaks,
        );
      })
    )
  );
}

/** Laplacian minus Gaussian, one list of differences a condition. */
function differences(runs: readonly Run[], scale: Scale) {
  const arms = byArm(runs);
  return settings[scale].lengths.flatMap((epochs) =>
    UPDATES.map((update) => ({
      name: `${update}, ${epochs} epochs`,
      values: pairedDifferences(
        best(arms, "Laplacian", update, epochs, scale).chosen,
        best(arms, "Gaussian", update, epochs, scale).chosen,
        finalError("test"),
      ),
    }))
  );
}

/** Gaussian against Laplacian. */
export const fig6: StudyItem = {
  item: "fig6",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { small, lengths } = settings[scale];
    return [
      ...lengths.flatMap((epochs) => {
        const training = { ...small, epochs };
        const arms = SHAPES.flatMap((shape) =>
          UPDATES.flatMap((update) =>
            peaksOf(shape, scale).map((rate) =>
              [
                arm(shape, update, epochs, rate),
                spec(training, shape, update, rate),
              ] as const
            )
          )
        );
        return pairedPlans(training, Object.fromEntries(arms), seeds);
      }),
      ...linearPlans(small, seeds),
    ];
  },
  judge: judgedAt((runs, scale) => {
    const conditions = differences(runs, scale);
    const seeds = conditions[0]!.values.length;
    const means = Array.from(
      { length: seeds },
      (_, seed) =>
        conditions.reduce((sum, { values }) => sum + values[seed]!, 0) /
        conditions.length,
    );
    return tested(
      judge(means, SMALLEST_EFFECT),
      "points",
      "last test error of the Laplacian minus that of the Gaussian, mean over lengths and updates, each at its best peak rate on the validation split, for each seed by the others",
      [
        ...conditions.map(({ name, values }) =>
          `${name}: ${meanText(values)} points`
        ),
        ...edges(byArm(runs), scale),
      ],
    );
  }),
  figures(runs, scale) {
    const arms = byArm(runs);
    const caption =
      "Last test error; each shape at the peak rate that suits it on the validation split; the Laplacian, of less area for the same peak, has larger ones to choose from. Points are means over seeds, bands 95 % t intervals.";
    return [{
      caption,
      figure: lineFigure({
        title: "Gaussian and Laplacian against the length of training",
        caption,
        x: { title: "length of training", unit: "epochs" },
        y: { title: "test error", unit: "%" },
        series: SHAPES.flatMap((shape) =>
          UPDATES.map((update) =>
            finalErrorSeries(
              `${shape}, ${update}`,
              settings[scale].lengths.map((epochs) =>
                [epochs, best(arms, shape, update, epochs, scale).arm] as const
              ),
            )
          )
        ),
      }),
    }];
  },
};
