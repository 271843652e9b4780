/**
 * Directions between models, and places of points in a plane.
 *
 * @module
 */
import type { Role } from "../models/network.ts";
import { symmetricEigen } from "./dense.ts";
import type { ParameterLayout } from "./parameter_layout.ts";
import { add, dot, norm, plus, scaled } from "./vectors.ts";

/**
 * A direction without the parameters of some roles, such as biases and scales.
 *
 * @example
 * ```ts
 * import { mlp } from "../models/mlp.ts";
 * import { parameterLayout } from "./parameter_layout.ts";
 * import { without } from "./plane.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { parameters } = mlp({ inputShape: [2], outputs: 1 });
 * const direction = Float64Array.of(1, 2, 3);
 * const rest = without(direction, parameterLayout(parameters), ["bias"]);
 * deepStrictEqual([...rest], [1, 2, 0]);
 * ```
 */
export function without(
  direction: Float64Array,
  { slices }: ParameterLayout,
  roles: readonly Role[],
): Float64Array {
  const result = direction.slice();
  for (const { role, offset, size } of slices) {
    if (roles.includes(role)) result.fill(0, offset, offset + size);
  }
  return result;
}

/** The direction from one model to another: L(from + α·d), α from 0 to 1. */
export function directionBetween(
  from: Float64Array,
  to: Float64Array,
): Float64Array {
  return plus(to, -1, from);
}

/** A plane in weight space. */
export interface Plane {
  /** Where the coordinates are 0. */
  readonly origin: Float64Array;
  /** Two directions; in order the first and second coordinate. */
  readonly directions: readonly [Float64Array, Float64Array];
}

/**
 * The plane through three models: its directions are orthogonal and of length 1, so
 * that distances in a figure are distances in weight space. The first model is the
 * origin, the second lies on the first axis.
 *
 * @throws {RangeError} If the three lie on a line.
 *
 * @example A right angle
 * ```ts
 * import { coordinates, planeThrough } from "./plane.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const [a, b, c] = [[1, 1], [4, 1], [2, 3]].map((w) => Float64Array.from(w));
 * const plane = planeThrough(a!, b!, c!);
 * deepStrictEqual(coordinates(plane.origin, plane.directions, b!), [3, 0]);
 * deepStrictEqual(coordinates(plane.origin, plane.directions, c!), [1, 2]);
 * ```
 *
 * Reference: T. Garipov et al., 2018, arXiv 1802.10026, appendix A.
 */
export function planeThrough(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
): Plane {
  const u = plus(b, -1, a), v = plus(c, -1, a);
  const length = norm(u);
  if (length === 0) throw new RangeError("the first two models are the same");
  const first = scaled(u, 1 / length);
  const second = plus(v, -dot(v, first), first);
  const height = norm(second);
  if (height <= 1e-12 * norm(v)) {
    throw new RangeError("the three models lie on a line");
  }
  return { origin: a, directions: [first, scaled(second, 1 / height)] };
}

/**
 * The coordinates of the point of origin + Σ cᵢ·dᵢ that is nearest to a point: least
 * squares, so the directions need not be orthogonal.
 *
 * @param origin Where the coordinates are 0.
 * @param directions The dᵢ.
 * @param point The point, on the plane or beside it.
 * @returns The cᵢ.
 * @throws {RangeError} If the directions depend on each other.
 *
 * @example (3, 2) is once (1, 0) and twice (1, 1)
 * ```ts
 * import { coordinates } from "./plane.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const [origin, a, b, point] = [[1, 1], [1, 0], [1, 1], [4, 3]]
 *   .map((w) => Float64Array.from(w));
 * const found = coordinates(origin!, [a!, b!], point!);
 * deepStrictEqual(found.map((c) => c.toFixed(6)), ["1.000000", "2.000000"]);
 * ```
 */
export function coordinates(
  origin: Float64Array,
  directions: readonly Float64Array[],
  point: Float64Array,
): number[] {
  const shift = plus(point, -1, origin);
  const gram = directions.map((a) => directions.map((b) => dot(a, b)));
  const right = directions.map((d) => dot(d, shift));
  const { values, vectors } = symmetricEigen(gram);
  if (values[0]! <= 1e-12 * values.at(-1)!) {
    throw new RangeError("directions must not depend on each other");
  }
  return right.map((_, i) =>
    vectors.reduce((sum, v, k) => {
      const along = right.reduce((total, r, j) => total + r * v[j]!, 0);
      return sum + v[i]! * along / values[k]!;
    }, 0)
  );
}

/** The main directions of a trajectory, and where it is along them. */
export interface TrajectoryPlane {
  /** The final weights. */
  readonly origin: Float64Array;
  /** Orthogonal directions of length 1, the longest extent first. */
  readonly directions: readonly Float64Array[];
  /** The share of Σ ‖wₜ − w_final‖² along each. */
  readonly explained: readonly number[];
  /** The coordinates of each point of the trajectory; the last are 0. */
  readonly coordinates: readonly number[][];
}

/**
 * Principal directions of a trajectory about its final weights.
 *
 * They are the eigenvectors of Σₜ (wₜ − w_end)(wₜ − w_end)ᵀ, found from the small
 * matrix of inner products, so the weights may be many.
 *
 * Differs from the paper's code, which subtracts the mean of the trajectory though
 * the plane goes through the final weights: here nothing is subtracted but those.
 *
 * @param trajectory Weights during training, the final ones last; at least two.
 * @param count How many directions. @default {2}
 * @throws {RangeError} If the trajectory has fewer directions than asked for.
 *
 * @example A trajectory along (1, 0), then along (0, 1)
 * ```ts
 * import { trajectoryDirections } from "./plane.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const path = [[4, 0], [0, 3], [0, 0]].map((w) => Float64Array.from(w));
 * const { explained, coordinates } = trajectoryDirections(path);
 * deepStrictEqual(explained.map((e) => e.toFixed(2)), ["0.64", "0.36"]);
 * deepStrictEqual(coordinates.map(([x]) => Math.abs(Math.round(x!))), [4, 0, 0]);
 * ```
 *
 * Reference: H. Li et al., 2018, arXiv 1712.09913, section 7.2.
 */
export function trajectoryDirections(
  trajectory: readonly Float64Array[],
  count: number = 2,
): TrajectoryPlane {
  const origin = trajectory.at(-1);
  if (origin === undefined || trajectory.length <= count) {
    throw new RangeError(
      `a trajectory must have more than ${count} points for ${count} directions, got ${trajectory.length}`,
    );
  }
  const shifts = trajectory.map((point) => plus(point, -1, origin));
  const gram = shifts.map((a) => shifts.map((b) => dot(a, b)));
  const total = gram.reduce((sum, row, i) => sum + row[i]!, 0);
  const { values, vectors } = symmetricEigen(gram);
  const directions: Float64Array[] = [], explained: number[] = [];
  for (let k = 1; k <= count; k++) {
    const value = values.at(-k)!;
    if (!(value > 1e-14 * total)) {
      throw new RangeError(
        `the trajectory has only ${k - 1} directions, not ${count}`,
      );
    }
    const direction = new Float64Array(origin.length);
    vectors.at(-k)!.forEach((c, t) =>
      add(direction, c / Math.sqrt(value), shifts[t]!)
    );
    directions.push(direction);
    explained.push(value / total);
  }
  return {
    origin,
    directions,
    explained,
    coordinates: shifts.map((shift) => directions.map((d) => dot(shift, d))),
  };
}
