/**
 * Lines, planes and curves through weight space.
 *
 * @module
 */
import { checkCount } from "./check.ts";
import { minimise, type MinimiseOptions } from "./lbfgs.ts";
import type { LossSurface } from "./loss_surface.ts";
import { add, plus, scaled } from "./vectors.ts";

/** A part of weight space with one or two coordinates. */
export interface Chart {
  /** How points follow from the vectors. */
  readonly kind: "linear" | "bezier";
  /** The number of coordinates. */
  readonly dimensions: 1 | 2;
  /** The vectors that it is made of. */
  readonly vectors: readonly Float64Array[];
  /** The point at some coordinates. */
  at(coordinates: readonly number[]): Float64Array;
}

/**
 * A line or plane: origin + α·d₁ (+ β·d₂).
 *
 * @param directions One or two, of the origin's length.
 * @throws {TypeError} If there are more, or lengths differ.
 *
 * @example Half way between two models
 * ```ts
 * import { linearChart } from "./chart.ts";
 * import { directionBetween } from "./plane.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const a = Float64Array.of(1, 0), b = Float64Array.of(3, 4);
 * const line = linearChart(a, [directionBetween(a, b)]);
 * deepStrictEqual([...line.at([0.5])], [2, 2]);
 * ```
 */
export function linearChart(
  origin: Float64Array,
  directions: readonly Float64Array[],
): Chart {
  const { length } = directions;
  if (length !== 1 && length !== 2) {
    throw new TypeError(`directions must be one or two, got ${length}`);
  }
  if (directions.some((d) => d.length !== origin.length)) {
    throw new TypeError(
      `directions must have the origin's ${origin.length} numbers`,
    );
  }
  return {
    kind: "linear",
    dimensions: length,
    vectors: [origin, ...directions],
    at: (coordinates) =>
      directions.reduce(
        (point, d, i) => plus(point, coordinates[i]!, d),
        origin,
      ),
  };
}

/**
 * A quadratic Bezier curve from one model to another with a bend:
 * φ(t) = (1 − t)²·from + 2t(1 − t)·bend + t²·to, t from 0 to 1.
 *
 * @throws {TypeError} If lengths differ.
 *
 * @example
 * ```ts
 * import { bezierChart } from "./chart.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const [from, bend, to] = [0, 10, 4].map((x) => Float64Array.of(x));
 * deepStrictEqual([...bezierChart(from!, bend!, to!).at([0.5])], [6]);
 * ```
 *
 * Reference: T. Garipov et al., 2018, arXiv 1802.10026, equation 3.
 */
export function bezierChart(
  from: Float64Array,
  bend: Float64Array,
  to: Float64Array,
): Chart {
  if (bend.length !== from.length || to.length !== from.length) {
    throw new TypeError(
      `bend and to must have ${from.length} numbers, as from has, got ${bend.length} and ${to.length}`,
    );
  }
  return {
    kind: "bezier",
    dimensions: 1,
    vectors: [from, bend, to],
    at([t]) {
      const point = scaled(from, (1 - t!) ** 2);
      add(point, 2 * t! * (1 - t!), bend);
      add(point, t! * t!, to);
      return point;
    },
  };
}

/** Options of {@linkcode fitBezier}. */
export interface FitBezierOptions extends MinimiseOptions {
  /** Where on the curve the loss is taken: at this many t, equally far apart. @default {9} */
  readonly nodes?: number;
}

/**
 * The bend of a Bezier curve on which the mean loss is low, by L-BFGS from the middle
 * of the straight line. It minimises (1/k) Σⱼ L(φ(tⱼ)), tⱼ = j/(k + 1).
 *
 * Differs from the paper, which draws t at random and takes steps of SGD.
 *
 * @param surface The loss.
 * @param from The weights at t = 0.
 * @param to Those at t = 1.
 * @returns The curve, and the mean loss at its nodes.
 * @throws {RangeError} If nodes is not a whole number from 1 on, or an option of the
 * search is out of range.
 * @throws {TypeError} If lengths differ.
 *
 * @example One node, and a loss of ½(w + b + 1)²: the curve passes where it is 0
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { mlp } from "../models/mlp.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { regression } from "../training/objective.ts";
 * import { fitBezier } from "./chart.ts";
 * import { lossSurface } from "./loss_surface.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const objective = regression(mlp({ inputShape: [1], outputs: 1 }));
 * const data = { count: 1, inputs: tf.tensor2d([[1]]), labels: tf.tensor1d([-1]) };
 * const surface = lossSurface({ objective, data, weights: [[0], [0]] });
 * const [from, to] = [-2, 2].map((w) => Float64Array.of(w, 0));
 * const { chart, loss } = await fitBezier(surface, from!, to!, { nodes: 1 });
 * const [weight, bias] = chart.at([0.5]);
 * ok(loss < 1e-6 && Math.abs(weight! + bias! + 1) < 1e-3);
 * surface.dispose();
 * tf.dispose([data.inputs, data.labels]);
 * ```
 *
 * Reference: T. Garipov et al., 2018, arXiv 1802.10026, section 3.
 */
export async function fitBezier(
  surface: LossSurface,
  from: Float64Array,
  to: Float64Array,
  options: FitBezierOptions = {},
): Promise<{ chart: Chart; loss: number }> {
  const { nodes = 9 } = options;
  checkCount("nodes", nodes);
  const ts = Array.from({ length: nodes }, (_, j) => (j + 1) / (nodes + 1));
  const { point, value } = await minimise(
    async (bend) => {
      const { at } = bezierChart(from, bend, to);
      let value = 0;
      const gradient = new Float64Array(bend.length);
      for (const t of ts) {
        const here = await surface.gradient(at([t]), {
          signal: options.signal,
        });
        value += here.loss / nodes;
        add(gradient, 2 * t * (1 - t) / nodes, here.gradient);
      }
      return { value, gradient };
    },
    scaled(plus(from, 1, to), 0.5),
    options,
  );
  return { chart: bezierChart(from, point, to), loss: value };
}
