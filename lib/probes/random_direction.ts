/**
 * Random directions in weight space, of a length that fits the weights.
 *
 * @module
 */
import type { Role } from "../models/network.ts";
import { Purpose, randomStream } from "../random/stream.ts";
import { show } from "../text/show.ts";
import {
  filtersOf,
  type ParameterLayout,
  type ParameterSlice,
} from "./parameter_layout.ts";
import { norm } from "./vectors.ts";

/**
 * How a random direction d is made to fit the weights w:
 * - `filter`: each filter d_f (the weights of one output) gets the length of w_f;
 * - `layer`: each parameter gets the length of its weights;
 * - `model`: the whole gets the length of w, over the parameters that it moves;
 * - `unit`: the whole gets length 1;
 * - `none`: standard normal numbers, whose length is about √size.
 */
export type DirectionNorm = "filter" | "layer" | "model" | "unit" | "none";

const norms: readonly string[] = [
  "filter",
  "layer",
  "model",
  "unit",
  "none",
] satisfies DirectionNorm[];

/** Where a direction begins: a {@linkcode LossSurface} is one. */
export interface Place {
  /** Where each parameter is in the vector. */
  readonly layout: ParameterLayout;
  /** The weights as one vector. */
  readonly weights: Float64Array;
}

/** Options of {@linkcode randomDirection}. */
export interface RandomDirectionOptions {
  /** What its length fits. @default {"filter"} */
  readonly norm?: DirectionNorm;
  /**
   * Roles of parameters that are not moved. Statistics never are. Where biases and
   * scales are moved under `filter`, each of their numbers is a filter.
   *
   * @default {["bias", "scale", "offset"]}
   */
  readonly ignore?: readonly Role[];
  /** Which parameters are moved, such as the first layer's. @default {all} */
  readonly block?: (slice: ParameterSlice) => boolean;
  /** Of the numbers. @default {0} */
  readonly seed?: number;
  /** Tells directions of one seed apart. @default {0} */
  readonly index?: number;
}

/** d ← d·(length of w)/(length of d), number by number of one group. */
function fit(d: Float64Array, w: Float64Array): void {
  const own = norm(d);
  const factor = own === 0 ? 0 : norm(w) / own;
  for (let i = 0; i < d.length; i++) d[i] = d[i]! * factor;
}

/** The same for each filter of a parameter. */
function fitFilters(
  d: Float64Array,
  w: Float64Array,
  slice: ParameterSlice,
): void {
  const { filters, count } = filtersOf(slice);
  const own = new Float64Array(count), wanted = new Float64Array(count);
  filters.forEach((f, i) => {
    own[f] = own[f]! + d[i]! ** 2;
    wanted[f] = wanted[f]! + w[i]! ** 2;
  });
  filters.forEach((f, i) =>
    d[i] = own[f] === 0 ? 0 : d[i]! * Math.sqrt(wanted[f]! / own[f]!)
  );
}

/**
 * A direction of independent normal numbers, fitted to the weights.
 *
 * Filter by filter: d_f ← d_f·‖w_f‖/‖d_f‖, so that two networks that differ by a
 * factor a layer (which a rectifier or a normalisation undoes) show the same curve
 * L(w + α·d). A factor a neuron is not undone.
 *
 * @param place Layout and weights, such as a loss surface.
 * @returns A vector of all parameters, 0 for those that are not moved.
 * @throws {RangeError} If an option is out of range.
 *
 * @example Each column of a kernel gets the length of the weights' column
 * ```ts
 * import { mlp } from "../models/mlp.ts";
 * import { parameterLayout } from "./parameter_layout.ts";
 * import { randomDirection } from "./random_direction.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * const { parameters } = mlp({ inputShape: [2], outputs: 2 });
 * const layout = parameterLayout(parameters);
 * const weights = Float64Array.of(3, 0, 4, 2, 7, 7); // columns (3, 4) and (0, 2)
 * const [a, b, c, d, bias] = randomDirection({ layout, weights });
 * ok(Math.abs(Math.hypot(a!, c!) - 5) < 1e-12);
 * ok(Math.abs(Math.hypot(b!, d!) - 2) < 1e-12);
 * strictEqual(bias, 0);
 * ```
 *
 * Reference: H. Li et al., 2018, arXiv 1712.09913, section 4.
 */
export function randomDirection(
  { layout, weights }: Place,
  options: RandomDirectionOptions = {},
): Float64Array {
  const {
    norm: kind = "filter",
    ignore = ["bias", "scale", "offset"],
    block = () => true,
    seed = 0,
    index = 0,
  } = options;
  if (!norms.includes(kind)) {
    throw new RangeError(`norm must be ${norms.join(", ")}, got ${show(kind)}`);
  }
  const direction = new Float64Array(layout.size);
  const moved = new Float64Array(layout.size);
  layout.slices.forEach((slice, parameter) => {
    const { role, offset, size } = slice;
    if (role === "statistic" || ignore.includes(role) || !block(slice)) return;
    // A stream for each parameter: leaving one out does not change the others.
    const path = 2 ** 16 + index;
    const random = randomStream(seed, Purpose.probes, path, parameter);
    const d = direction.subarray(offset, offset + size);
    const w = weights.subarray(offset, offset + size);
    for (let i = 0; i < size; i++) d[i] = random.normal();
    moved.set(w, offset);
    if (kind === "filter") fitFilters(d, w, slice);
    if (kind === "layer") fit(d, w);
  });
  if (kind === "model") fit(direction, moved);
  if (kind === "unit") fit(direction, Float64Array.of(1));
  return direction;
}
