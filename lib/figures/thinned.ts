/**
 * Long lines in few points.
 *
 * @module
 */
import { type Numbers, toJson } from "./numbers.ts";

/** A line's points. */
export interface Points {
  /** Where they are, ascending. */
  x: (number | null)[];
  /** Their values. */
  y: (number | null)[];
}

/**
 * The points of a line that decide how it looks: of each stretch the lowest and
 * the highest, so that spikes stay. Without too many points it is unchanged.
 *
 * @param most The most points that are left, an even number.
 *
 * @example
 * ```ts
 * import { thinned } from "./thinned.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const x = [0, 1, 2, 3, 4, 5, 6, 7];
 * const y = [0, 0, 9, 1, 2, 2, -5, 2];
 * deepStrictEqual(thinned(x, y, 4), { x: [0, 2, 4, 6], y: [0, 9, 2, -5] });
 * ```
 */
export function thinned(x: Numbers, y: Numbers, most: number = 1000): Points {
  const kept = x.length <= most ? undefined : extremes(y, most / 2);
  const points = (numbers: Numbers) =>
    toJson(kept === undefined ? numbers : kept.map((i) => numbers[i]!));
  return { x: points(x), y: points(y) };
}

/** Where the lowest and the highest value of each stretch are, in order. */
function extremes(y: Numbers, stretches: number): number[] {
  const kept: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const start = Math.floor(stretch * y.length / stretches);
    const end = Math.floor((stretch + 1) * y.length / stretches);
    let low = start, high = start;
    let least = Infinity, greatest = -Infinity;
    for (let i = start; i < end; i++) {
      const value = y[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < least) [low, least] = [i, value];
      if (value > greatest) [high, greatest] = [i, value];
    }
    kept.push(...new Set([Math.min(low, high), Math.max(low, high)]));
  }
  return kept;
}
