/**
 * LOSSGRAD, section 3: exact line search on quadratics in two dimensions.
 *
 * @module
 */
import { descend } from "../../controllers/descend.ts";
import { exactLineSearch } from "../../controllers/exact_line_search.ts";
import { quadratic } from "../../controllers/memory_line.ts";
import { lineFigure } from "../../figures/line_figure.ts";
import { panelFigure } from "../../figures/panel_figure.ts";
import type { Finding, StudyItem } from "../study.ts";

/** λ1/λ2 of the figure, and of the worst ratios that are searched. */
const CONDITIONS = [2, 10, 100];

/** Directions of the starting points, from 0 to 90 degrees. */
const ANGLES = 1800;

/** What rounding may add to a ratio. */
const SLACK = 1e-9;

/** How norms shrink from a starting point. */
interface Shrinkage {
  /** √(xᵀAx), in a step. */
  energy: number;
  /** ‖x‖, in a step. */
  one: number;
  /** ‖x‖, in two steps. */
  two: number;
}

/** (λ1 − λ2) / (λ1 + λ2). */
const rho = (condition: number) => (condition - 1) / (condition + 1);

/** How norms shrink on λ = (condition, 1) from a starting direction, in radians. */
export function shrinkage(condition: number, angle: number): Shrinkage {
  const path = descend(
    quadratic([condition, 1]),
    exactLineSearch(),
    [Math.cos(angle), Math.sin(angle)],
    3,
  );
  const norm = (i: number) => Math.hypot(...path[i]!.position);
  const energy = (i: number) => Math.sqrt(path[i]!.value);
  return {
    energy: energy(1) / energy(0),
    one: norm(1) / norm(0),
    two: norm(2) / norm(0),
  };
}

function degrees(): number[] {
  return Array.from({ length: ANGLES - 1 }, (_, i) => 90 * (i + 1) / ANGLES);
}

const at = (condition: number, degree: number) =>
  shrinkage(condition, degree * Math.PI / 180);

/** The largest ratios over all directions, over ρ and ρ². */
function worst(condition: number): Shrinkage {
  const all = degrees().map((degree) => at(condition, degree));
  const most = (key: keyof Shrinkage, bound: number) =>
    Math.max(...all.map((ratios) => ratios[key])) / bound;
  const bound = rho(condition);
  return {
    energy: most("energy", bound),
    one: most("one", bound),
    two: most("two", bound ** 2),
  };
}

function judgeBound(): Finding {
  const found = CONDITIONS.map((condition) => ({
    condition,
    ...worst(condition),
  }));
  const holds = found.every(({ energy, two }) =>
    energy <= 1 + SLACK && two <= 1 + SLACK
  );
  const equality = at(10, Math.atan2(1, 0.1) * 180 / Math.PI);
  return {
    measured: {
      value: Math.max(...found.map(({ energy, two }) => Math.max(energy, two))),
      interval: null,
      unit: "of the bound",
    },
    verdict: holds ? "reproduced" : "contradicted",
    reason:
      `the largest ratio over ${degrees().length} directions of the start and λ1/λ2 = ${
        CONDITIONS.join(", ")
      }; it follows from the algebra, no seeds are involved`,
    notes: [
      ...found.map(({ condition, one }) =>
        `λ1/λ2 = ${condition}: in one step ‖x‖ shrinks to at most ${
          (one * rho(condition)).toFixed(4)
        } of itself, ${one > 1 + SLACK ? "more" : "not more"} than ρ = ${
          rho(condition).toFixed(4)
        }`
      ),
      `λ = (10, 1) from x ∝ (1/λ1, 1/λ2): both norms shrink to ${
        equality.one.toFixed(6)
      } a step, which is ρ = 9/11`,
    ],
  };
}

function panel(condition: number) {
  const x = degrees().filter((_, i) => i % 10 === 9);
  const ratios = x.map((degree) => at(condition, degree));
  const flat = (value: number) => x.map(() => value);
  return lineFigure({
    title: `λ1/λ2 = ${condition}`,
    x: { title: "direction of the start", unit: "°" },
    y: { title: "ratio" },
    series: [
      { name: "√(xᵀAx), one step", x, y: ratios.map(({ energy }) => energy) },
      { name: "‖x‖, one step", x, y: ratios.map(({ one }) => one) },
      { name: "‖x‖, two steps", x, y: ratios.map(({ two }) => two) },
      { name: "ρ", x, y: flat(rho(condition)), dash: "dot" },
      { name: "ρ²", x, y: flat(rho(condition) ** 2), dash: "dot" },
    ],
  });
}

/**
 * The bound: √(xᵀAx) shrinks at least to ρ of itself in a step, and ‖x‖ to ρ² in two;
 * in a single step ‖x‖ may shrink less.
 */
export const section3: StudyItem = {
  item: "section3",
  headline: false,
  plans: () => [],
  judge: judgeBound,
  figures() {
    const caption =
      "Exact line search on ½·xᵀAx in two dimensions: how much is left of each norm, by the direction of the start, with ρ = (λ1 − λ2)/(λ1 + λ2).";
    return [{
      caption,
      figure: panelFigure({
        title: "The bound of section 3",
        caption,
        sharedY: true,
        panels: CONDITIONS.map(panel),
      }),
    }];
  },
};
