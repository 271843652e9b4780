/**
 * What a comparison looks like.
 *
 * @module
 */
import type { Figure } from "../figures/figure.ts";
import { lineFigure, type LineSeries } from "../figures/line_figure.ts";
import { panelFigure } from "../figures/panel_figure.ts";
import { seedBand } from "../figures/seed_band.ts";
import type { Comparison, ProblemResult } from "./comparison.ts";
import { type Course, judgedValue, valueAt } from "./course.ts";
import { shareSolved } from "./performance_profile.ts";
import type { Quantity } from "./problem.ts";

/** Points of a curve. */
const POINTS = 60;

const BAND =
  "Lines: means over paired seeds (geometric on log axes); bands: 95 % t intervals. Each point is the last evaluation at or before that cost.";

/** A quantity of a problem against the forward passes spent, a line a method. */
function costCurves(
  { title, methods }: ProblemResult,
  budget: number,
  quantity: Quantity,
  values: (course: Course) => readonly number[],
): Figure {
  const isLog = quantity.scale === "log";
  const x = Array.from({ length: POINTS + 1 }, (_, i) => budget * i / POINTS);
  const back = (list: number[]) => isLog ? list.map((v) => 10 ** v) : list;
  const most = quantity.unit === "%" ? 100 : Infinity;
  const within = isLog ? {} : { within: [0, most] as const };
  const series = methods.map(({ method, courses }): LineSeries => {
    const band = seedBand(
      courses.map((course) =>
        x.map((cost) =>
          judgedValue(quantity, valueAt(course, values(course), cost))
        )
      ),
      within,
    );
    return {
      name: method,
      x,
      y: back(band.y),
      low: back(band.low),
      high: back(band.high),
    };
  });
  return lineFigure({
    title: `${title}: ${quantity.name}`,
    caption: BAND,
    x: { title: "cost", unit: "forward passes" },
    y: {
      title: quantity.name,
      ...quantity.unit === undefined ? {} : { unit: quantity.unit },
      ...isLog ? { scale: "log" } : {},
    },
    series,
  });
}

/**
 * A problem's loss, and where it is another its outcome, against the forward passes
 * spent.
 */
export function problemFigure(result: ProblemResult, budget: number): Figure {
  const loss = costCurves(result, budget, result.loss, ({ loss }) => loss);
  if (JSON.stringify(result.loss) === JSON.stringify(result.outcome)) {
    return loss;
  }
  return panelFigure({
    title: result.title,
    caption: BAND,
    panels: [
      loss,
      costCurves(result, budget, result.outcome, ({ outcome }) => outcome),
    ],
  });
}

/**
 * The performance profile: for each method the share of problems and seeds that it
 * solved within τ times the forward passes of the best method.
 */
export function profileFigure(
  { ratios, tolerance, budget }: Pick<
    Comparison,
    "ratios" | "tolerance" | "budget"
  >,
): Figure {
  const solved = Object.values(ratios).flat().filter((ratio) => ratio !== null);
  const most = solved.reduce((a, b) => Math.max(a, b), 2) * 1.1;
  return lineFigure({
    title: "Share of problems solved within τ of the best",
    caption:
      `A problem (and seed) counts as solved when at most ${tolerance} of the way from the first loss to the least that any method reached is left; τ: forward passes to there over those of the best method. At most ${budget} passes a run, choosing settings not included.`,
    x: {
      title: "τ, cost over that of the best",
      scale: "log",
      range: [1, most],
    },
    y: { title: "share solved", range: [0, 1.02] },
    series: Object.entries(ratios).map(([name, list]) => {
      const own = list.map((ratio) => ratio ?? Infinity);
      const jumps = [...new Set(own.filter((ratio) => ratio < Infinity))]
        .sort((a, b) => a - b);
      const x = [1], y = [shareSolved(own, 1)];
      for (const jump of jumps.filter((ratio) => ratio > 1)) {
        x.push(jump, jump);
        y.push(y.at(-1)!, shareSolved(own, jump));
      }
      x.push(most);
      y.push(y.at(-1)!);
      return { name, x, y };
    }),
  });
}

/** All of a comparison in one figure: a panel a problem, and the profile. */
export function comparisonPanels(comparison: Comparison): Figure {
  const { problems, budget } = comparison;
  return panelFigure({
    title: `${
      problems[0]!.methods.map(({ method }) => method).join(", ")
    } at equal cost`,
    caption: BAND,
    panels: [
      ...problems.map((result) =>
        costCurves(result, budget, result.loss, ({ loss }) => loss)
      ),
      profileFigure(comparison),
    ],
  });
}
