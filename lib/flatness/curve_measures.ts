/**
 * The loss along random directions.
 *
 * @module
 */
import { quietly, repeat } from "../probes/control.ts";
import { flatnessSlope } from "../probes/flatness_slope.ts";
import { evenly } from "../probes/grid.ts";
import { randomDirection } from "../probes/random_direction.ts";
import { norm, plus } from "../probes/vectors.ts";
import { median, standardError } from "./statistics.ts";
import type { Measure } from "./subject.ts";

/** The standard error of a median of normal numbers is this times the mean's. */
const MEDIAN = Math.sqrt(Math.PI / 2);

/** Curves along filter-normalised directions. */
export const curveMeasure: Measure = {
  names: ["filterNormalizedCurve"],
  passes: ({ directions, points }) => directions * points,
  async take({ surface, effort, seed }, control) {
    const { directions, points } = effort;
    const at = evenly(-1, 1, points);
    const middle = (points - 1) / 2;
    const rises: number[][] = at.map(() => []);
    await repeat(directions, "curve", control, async (index) => {
      const direction = randomDirection(surface, { seed, index });
      const values: number[] = [];
      for (const alpha of at) {
        const point = plus(surface.weights, alpha, direction);
        values.push((await surface.evaluate(point, quietly(control))).loss);
      }
      values.forEach((loss, i) => rises[i]!.push(loss - values[middle]!));
    });
    const isFinite = rises.every((row) => row.every(Number.isFinite));
    return {
      passes: directions * points,
      values: {
        filterNormalizedCurve: isFinite
          ? {
            value: rises.map(median),
            error: rises.map((row) => MEDIAN * (standardError(row) ?? 0)),
            at,
            note: "the error is of the directions",
          }
          : { value: null, error: null, note: "the loss is not finite there" },
      },
    };
  },
};

/** Points tried on the way up, and what the crossing takes then, about. */
const TRIES = 10, CROSSING = 10;

/** How far is looked, in lengths of a filter-normalised direction. */
const REACH = 5;

/** The flatness slope, along filter-normalised directions. */
export const slopeMeasure: Measure = {
  names: ["flatnessSlope"],
  passes: ({ directions }) => directions * (TRIES + CROSSING),
  async take({ surface, effort, seed, level }, control) {
    const slopes: number[] = [];
    const none = (note: string, passes: number) => ({
      passes,
      values: { flatnessSlope: { value: null, error: null, note } },
    });
    const { loss } = await surface.evaluate(surface.weights, control);
    if (!(loss < level)) {
      return none(`the loss is not below ${level.toPrecision(4)}`, 1);
    }
    const { calls } = await surface.recorded(() =>
      repeat(effort.directions, "slope", control, async (index) => {
        const direction = randomDirection(surface, { seed, index });
        const { slope } = await flatnessSlope(surface, {
          direction,
          level,
          distance: REACH * norm(direction),
          points: TRIES,
          ...quietly(control),
        });
        if (slope !== null) slopes.push(slope);
      })
    );
    const passes = 1 + calls.length;
    if (slopes.length < effort.directions) {
      return none(
        `the loss reaches ${
          level.toPrecision(4)
        } along ${slopes.length} of ${effort.directions} directions`,
        passes,
      );
    }
    return {
      passes,
      values: {
        flatnessSlope: {
          value: slopes.reduce((sum, x) => sum + x, 0) / slopes.length,
          error: standardError(slopes),
          note: `up to L = ${
            level.toPrecision(4)
          }; the error is of the directions`,
        },
      },
    };
  },
};
