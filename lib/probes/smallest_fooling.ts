/**
 * The smallest change that fools a network.
 *
 * @module
 */
import { checkCount } from "./check.ts";
import { type ProbeControl, quietly, repeat } from "./control.ts";
import { minimise, type ValueAndGradient } from "./lbfgs.ts";
import { norm } from "./vectors.ts";

/** Options of {@linkcode smallestFooling}. */
export interface SmallestFoolingOptions extends ProbeControl {
  /** The least of each number of the change. */
  readonly lower?: Float64Array;
  /** The largest of each number of the change. */
  readonly upper?: Float64Array;
  /** How many weights c of the length are tried. @default {12} */
  readonly searches?: number;
  /** Steps of L-BFGS each. @default {20} */
  readonly iterations?: number;
}

/** A change that fools. */
export interface Fooling {
  /** The change δ. */
  readonly change: Float64Array;
  /** ‖δ‖₂. */
  readonly length: number;
  /** The weight c that it was found with. */
  readonly penalty: number;
}

/**
 * A small change δ that fools: the minimum of c·‖δ‖₂ + L(δ) within bounds, L the loss
 * of a wrong label, for the largest c whose minimum fools.
 *
 * c is found by bisection of its logarithm, between 1e-4 and 1e4 times the slope of
 * L at 0.
 *
 * @param loss L and its gradient at a change.
 * @param isFooled Whether a change fools.
 * @param size How many numbers a change has.
 * @returns The change of the least length that fooled; undefined if none did.
 * @throws {RangeError} If searches or iterations are no whole numbers from 1 on.
 *
 * @example ½(δ − 2)² + c·|δ| is least at 2 − c, and what is at least 1 fools
 * ```ts
 * import { smallestFooling } from "./smallest_fooling.ts";
 * import { ok } from "node:assert";
 *
 * const found = await smallestFooling(
 *   ([d]) =>
 *     Promise.resolve({
 *       value: (d! - 2) ** 2 / 2,
 *       gradient: Float64Array.of(d! - 2),
 *     }),
 *   ([d]) => Promise.resolve(d! >= 1),
 *   1,
 * );
 * ok(found!.length >= 1 && found!.length < 1.01);
 * ok(Math.abs(found!.penalty - 1) < 0.01);
 * ```
 *
 * Reference: C. Szegedy et al., 2013, arXiv 1312.6199, section 4.1.
 *
 * Differs from the paper, which asks for the least c; the change is the smaller the
 * larger c is, and a small change is what is wanted.
 */
export async function smallestFooling(
  loss: (change: Float64Array) => Promise<ValueAndGradient>,
  isFooled: (change: Float64Array) => Promise<boolean>,
  size: number,
  options: SmallestFoolingOptions = {},
): Promise<Fooling | undefined> {
  const { searches = 12, iterations = 20, lower, upper } = options;
  checkCount("searches", searches);
  const zero = new Float64Array(size);
  const slope = norm((await loss(zero)).gradient) || 1;
  const bounds = {
    ...(lower ? { lower } : {}),
    ...(upper ? { upper } : {}),
    iterations,
    ...quietly(options),
  };
  // ‖δ‖ has no gradient at 0; this has, and is the same elsewhere.
  const soft = 1e-12;
  let low = -4, high = 4;
  let best: Fooling | undefined;
  await repeat(searches, "fooling", options, async (search) => {
    const exponent = search === 0 ? low : (low + high) / 2;
    const penalty = slope * 10 ** exponent;
    const { point } = await minimise(
      async (change) => {
        const { value, gradient } = await loss(change);
        const length = Math.sqrt(norm(change) ** 2 + soft);
        return {
          value: value + penalty * length,
          gradient: gradient.map((g, i) => g + penalty * change[i]! / length),
        };
      },
      zero,
      bounds,
    );
    const length = norm(point);
    if (await isFooled(point)) {
      low = exponent;
      if (best === undefined || length < best.length) {
        best = { change: point, length, penalty };
      }
    } else if (search > 0) {
      high = exponent;
    }
  });
  return best;
}
