/**
 * Nonmonotonic schedules, figure 1: the paper's conjectured picture of a training that
 * leaves steep valleys at its peak; here drawn from measured losses.
 *
 * @module
 */
import { contourFigure } from "../../figures/contour_figure.ts";
import { surfaceFigure } from "../../figures/surface_figure.ts";
import {
  type CaptionedFigure,
  illustration,
  type Run,
  type StudyItem,
} from "../study.ts";
import { probed } from "./flatter.ts";
import { linesOf } from "./probe_lines.ts";
import { probePlans } from "./probe_plans.ts";
import { bestOf } from "./probed_runs.ts";

const SURFACE =
  "The same plane as a surface, which can be turned; the path is drawn on it.";

/** The plane of a run, from above and as a surface; none where it was not measured. */
function plane(run: Run): CaptionedFigure[] {
  const list = (name: string) => [...probed(run, name)];
  const x = list("plane x"), y = list("plane y");
  if (x.length === 0) return [];
  const columns = linesOf(probed(run, "plane loss"), y.length);
  const caption =
    `The paper's figure is a sketch; this is measured: the training loss over the plane through the initial, the peak stage's and the final weights (the origin) of the run "${run.plan.arm}", seed ${run.plan.seed}. Lengths are those of weight space. The path is the training projected onto the plane, so the losses under it are not those that were met on the way.`;
  const drawn = {
    caption,
    x: { title: "from final towards initial weights", values: x },
    y: { title: "towards the peak stage's weights", values: y },
    z: {
      title: "training loss",
      scale: "log",
      values: y.map((_, j) => columns.map((column) => column[j]!)),
    },
    paths: [
      { name: "training", x: list("course x"), y: list("course y") },
      { name: "peak stage", x: list("peak x"), y: list("peak y") },
    ],
  } as const;
  const title = `Loss surface of a training: ${run.plan.arm}`;
  return [
    { caption, figure: contourFigure({ ...drawn, title }) },
    {
      caption: SURFACE,
      figure: surfaceFigure({
        ...drawn,
        caption: SURFACE,
        title: `${title}, to be turned`,
      }),
    },
  ];
}

/** The conjectured picture, measured. */
export const fig1: StudyItem = {
  item: "fig1",
  headline: false,
  plans: probePlans,
  judge: () => illustration(),
  figures: (runs, scale) =>
    (["Gaussian", "step"] as const).flatMap((schedule) =>
      bestOf(runs, schedule, scale)
        .filter(({ plan }) => plan.seed === 0)
        .flatMap(plane)
    ),
};
