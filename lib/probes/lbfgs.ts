/**
 * Minimisation by L-BFGS within bounds.
 *
 * @module
 */
import { checkCount } from "./check.ts";
import { type ProbeControl, repeat } from "./control.ts";
import { add, dot, plus } from "./vectors.ts";

/** A function's value and gradient. */
export interface ValueAndGradient {
  /** f(x). */
  readonly value: number;
  /** ∇f(x). */
  readonly gradient: Float64Array;
}

/** Options of {@linkcode minimise}. */
export interface MinimiseOptions extends ProbeControl {
  /** The least of each number. @default {−∞} */
  readonly lower?: Float64Array;
  /** The largest of each number. @default {∞} */
  readonly upper?: Float64Array;
  /** The most steps. @default {10} */
  readonly iterations?: number;
  /** How many steps the curvature is remembered from. @default {10} */
  readonly memory?: number;
  /** How many points a line search tries. @default {20} */
  readonly trials?: number;
}

/** Where a minimisation ended. */
export interface Minimum extends ValueAndGradient {
  /** Where it is. */
  readonly point: Float64Array;
  /** How often the function was asked. */
  readonly calls: number;
}

interface Pair {
  step: Float64Array;
  change: Float64Array;
  product: number;
}

/** −H·g over the numbers that are free to move, by the two-loop recursion. */
function direction(
  gradient: Float64Array,
  isFree: Uint8Array,
  pairs: readonly Pair[],
): Float64Array {
  const q = gradient.map((g, i) => isFree[i] ? -g : 0);
  const shares = pairs.map(() => 0);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, product } = pairs[k]!;
    shares[k] = dot(step, q) / product;
    add(q, -shares[k]!, change);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const factor = last.product / dot(last.change, last.change);
    for (let i = 0; i < q.length; i++) q[i] = q[i]! * factor;
  }
  pairs.forEach(({ step, change, product }, k) => {
    add(q, shares[k]! - dot(change, q) / product, step);
  });
  return q.map((x, i) => isFree[i] ? x : 0);
}

/**
 * Minimises a smooth function within bounds: L-BFGS over the numbers that no bound
 * holds, with steps that are put back into the bounds. A step is halved or doubled until
 * the value falls by a share of what the slope promises, and the slope is less steep
 * (the weak Wolfe conditions).
 *
 * @param f The function. It is asked at points within the bounds alone.
 * @param start Put into the bounds first.
 * @returns The best point; never worse than the start.
 *
 * @example (x − 3)² + (y − 3)² for y ≤ 1
 * ```ts
 * import { minimise } from "./lbfgs.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { point } = await minimise(
 *   (x) => Promise.resolve({
 *     value: x.reduce((sum, v) => sum + (v - 3) ** 2, 0),
 *     gradient: x.map((v) => 2 * (v - 3)),
 *   }),
 *   Float64Array.of(0, 0),
 *   { upper: Float64Array.of(Infinity, 1) },
 * );
 * deepStrictEqual([...point].map((x) => x.toFixed(6)), ["3.000000", "1.000000"]);
 * ```
 *
 * Reference: D. P. Bertsekas, 1982, "Projected Newton methods"; J. Nocedal,
 * S. Wright, "Numerical optimization", algorithm 7.4; A. S. Lewis, M. L. Overton,
 * 2013, algorithm 2.6, for the search along a line.
 */
export async function minimise(
  f: (point: Float64Array) => Promise<ValueAndGradient>,
  start: Float64Array,
  options: MinimiseOptions = {},
): Promise<Minimum> {
  const { lower, upper, iterations = 10, memory = 10, trials = 20 } = options;
  checkCount("iterations", iterations);
  checkCount("memory", memory);
  checkCount("trials", trials);
  const inside = (point: Float64Array) =>
    point.map((x, i) =>
      Math.min(Math.max(x, lower?.[i] ?? -Infinity), upper?.[i] ?? Infinity)
    );
  let point: Float64Array = inside(start);
  let here = await f(point);
  let calls = 1;
  let pairs: Pair[] = [];
  let isDone = false;

  /** A point along d that is low enough and no longer steep; else the lowest. */
  async function search(
    d: Float64Array,
  ): Promise<ValueAndGradient & { point: Float64Array } | undefined> {
    let found: ValueAndGradient & { point: Float64Array } | undefined;
    let share = 1, low = 0, high = Infinity;
    for (let trial = 0; trial < trials; trial++) {
      const next = inside(plus(point, share, d));
      const step = plus(next, -1, point);
      const slope = dot(step, here.gradient);
      if (!(slope < 0)) return found; // the bounds leave nowhere to go
      const there = await f(next);
      calls++;
      if (!(there.value <= here.value + 1e-4 * slope)) {
        high = share;
      } else {
        if (found === undefined || there.value < found.value) {
          found = { point: next, ...there };
        }
        if (dot(step, there.gradient) >= 0.9 * slope) return found;
        low = share;
      }
      share = high === Infinity ? 2 * low : (low + high) / 2;
    }
    return found;
  }

  await repeat(iterations, "minimising", options, async () => {
    if (isDone) return;
    const isFree = Uint8Array.from(point, (x, i) => {
      const g = here.gradient[i]!;
      const held = g > 0 && x <= (lower?.[i] ?? -Infinity) ||
        g < 0 && x >= (upper?.[i] ?? Infinity);
      return held ? 0 : 1;
    });
    let d = direction(here.gradient, isFree, pairs);
    if (!(dot(d, here.gradient) < 0)) {
      pairs = [];
      d = direction(here.gradient, isFree, pairs);
    }
    const found = await search(d);
    isDone = found === undefined;
    if (found === undefined) return;
    const step = plus(found.point, -1, point);
    const change = plus(found.gradient, -1, here.gradient);
    const product = dot(step, change);
    if (product > 1e-12 * dot(change, change)) {
      pairs.push({ step, change, product });
      pairs.splice(0, pairs.length - memory);
    }
    point = found.point;
    here = found;
  });
  return { point, ...here, calls };
}
