/**
 * k-decay, figure 3: the curves themselves.
 *
 * @module
 */
import { lineFigure } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import {
  cosine,
  kDecay,
  polynomial,
  type Schedule,
} from "../../schedules/mod.ts";
import { illustration, type StudyItem } from "../study.ts";
import { END_RATE, START_RATE } from "./settings.ts";

const KS = [0.5, 1, 1.5, 2, 3];
const STEPS = 200;

function panel(title: string, inner: Schedule) {
  const x = Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS);
  return lineFigure({
    title,
    x: { title: "t / T" },
    y: { title: "learning rate" },
    ordered: true,
    series: KS.map((k) => {
      const schedule = kDecay({ k, inner });
      return {
        name: `k = ${k}`,
        x,
        y: x.map((share) => schedule(share * STEPS)),
      };
    }),
  });
}

/** The curves of polynomial (N = 1) and cosine decay for several k. */
export const fig3: StudyItem = {
  item: "fig3",
  headline: false,
  plans: () => [],
  judge: () =>
    illustration([
      "The formulas' values are tested against closed forms and published ones.",
    ]),
  figures() {
    const range = { from: START_RATE, to: END_RATE, steps: STEPS };
    const caption = "Equations 10 (left) and 12 (right), from 0.1 to 0.001.";
    return [{
      caption,
      figure: panelFigure({
        title: "k-decay of two schedules",
        caption,
        sharedY: true,
        panels: [
          panel("polynomial, N = 1", polynomial({ ...range, power: 1 })),
          panel("cosine", cosine(range)),
        ],
      }),
    }];
  },
};
