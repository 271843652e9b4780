/**
 * LOSSGRAD: losses of batches above step sizes, to see whether they peak together.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import type { Arm } from "../comparisons.ts";
import type { CaptionedFigure } from "../study.ts";
import { spikes } from "./courses.ts";

/** The first seed's batch losses and step sizes. */
export function lossAndRateFigure(
  arm: Arm,
  title: string,
): CaptionedFigure[] {
  const run = [...arm.values()][0]!;
  if (run.control === undefined) return [];
  const { steps, losses, rates } = run.control;
  const count = spikes(run).length;
  const caption =
    `Losses of batches and step sizes of seed ${run.plan.seed}; spikes by this study's rule: ${count}.`;
  const panel = (name: string, y: number[], of: string) =>
    lineFigure({
      title: name,
      x: { title: "batch" },
      y: { title: of, scale: "log" },
      series: [{ name: of, x: steps, y }],
    });
  return [{
    caption,
    figure: panelFigure({
      title,
      caption,
      columns: 1,
      sharedX: true,
      panels: [
        panel("Loss", losses, "loss of the batch"),
        panel("Step size", rates, "step size"),
      ],
    }),
  }];
}
