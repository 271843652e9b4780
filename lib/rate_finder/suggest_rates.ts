import { checkInteger } from "../text/check_integer.ts";
/**
 * Learning rates read off the losses of a range test.
 *
 * @module
 */

/** What a range test measured, step by step. */
export interface RangeCurve {
  /** The learning rates, > 0 and rising. */
  readonly rates: ArrayLike<number>;
  /** The losses, best smoothed, one for each rate. */
  readonly losses: ArrayLike<number>;
}

/** Four suggestions; `null` where the curve is too short for one. */
export interface RateSuggestions {
  /** The middle of the longest fall. */
  readonly valley: number | null;
  /** Where the slope has settled, coming from the end. */
  readonly slide: number | null;
  /** A tenth of the rate with the least loss. */
  readonly minimum: number | null;
  /** The rate with the steepest fall over the logarithm of the rate. */
  readonly steep: number | null;
}

/** Which part of the curve counts. */
export interface SuggestOptions {
  /** The share of the steps left out at the start, 0 to 1. Default 0.1. */
  readonly skipStart?: number;
  /** The number of steps left out at the end, an integer ≥ 0. Default 5. */
  readonly skipEnd?: number;
}

/** How far apart the slopes are that {@linkcode slide} compares, in steps. */
const SLIDE_WIDTH = 15;

/** How much two slopes may differ for {@linkcode slide} to go on. */
const SLIDE_THRESHOLD = 0.005;

/** The position of the least number. */
function argMin(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}

/** Half way down the longest falling subsequence, counted back from its end. */
function valley(losses: readonly number[]): number | undefined {
  if (losses.length === 0) return undefined;
  const lengths: number[] = [];
  for (const [i, loss] of losses.entries()) {
    let longest = 0;
    for (let j = 0; j < i; j++) {
      if (loss < losses[j]!) longest = Math.max(longest, lengths[j]!);
    }
    lengths.push(longest + 1);
  }
  const length = Math.max(...lengths);
  const start = lengths.indexOf(length) - length;
  return Math.max(0, start + Math.floor(length / 3) + Math.floor(length / 6));
}

/** The slope of the losses by step: central differences, one-sided at the ends. */
function slopes(losses: readonly number[]): number[] {
  return losses.map((_, i) => {
    const [low, high] = [
      Math.max(i - 1, 0),
      Math.min(i + 1, losses.length - 1),
    ];
    return (losses[high]! - losses[low]!) / (high - low);
  });
}

/** The left end of a window that slides down from the end while slopes differ. */
function slide(losses: readonly number[]): number | undefined {
  let left = losses.length - 1 - SLIDE_WIDTH;
  if (left < 0) return undefined;
  const slope = slopes(losses);
  let found = left;
  while (
    left >= 0 &&
    Math.abs(slope[left + SLIDE_WIDTH]! - slope[left]!) > SLIDE_THRESHOLD
  ) {
    found = left--;
  }
  return found;
}

/** Where the loss falls most over the logarithm of the rate. */
function steep(
  rates: readonly number[],
  losses: readonly number[],
): number | undefined {
  if (losses.length < 2) return undefined;
  return argMin(
    losses.slice(1).map((loss, i) =>
      (loss - losses[i]!) / Math.log(rates[i + 1]! / rates[i]!)
    ),
  );
}

/**
 * Four learning rates that the losses of a range test suggest.
 *
 * The first tenth of the steps and the last five are left out, and everything from
 * the first loss on that is not finite. Of what remains, with losses L and rates η:
 * `minimum` is η/10 where L is least; `steep` is where ΔL/Δln η is least; `valley`
 * is a half, ⌊n/3⌋ + ⌊n/6⌋, of the way down the longest falling subsequence, whose
 * length is n; `slide` moves a window 15 steps wide down from the end for as long as
 * the slopes at its ends differ by more than 0.005 a step, and takes its left end.
 *
 * No one of them is right everywhere; `valley` is the most robust.
 *
 * @param curve The rates and losses.
 * @param options Which part of the curve counts.
 * @returns The four rates.
 * @throws {RangeError} If the lists differ in length, a rate is not > the one before
 * it and > 0, or an option is out of range.
 *
 * @example Losses that fall by 1 a step and explode at the end
 * ```ts
 * import { suggestRates } from "./suggest_rates.ts";
 * import { strictEqual } from "node:assert";
 *
 * const rates = Array.from({ length: 40 }, (_, i) => 10 ** (i / 10 - 4));
 * const losses = rates.map((_, i) => i < 30 ? 30 - i : 100);
 * const { minimum, valley } = suggestRates({ rates, losses });
 *
 * strictEqual(minimum, rates[29]! / 10);
 * strictEqual(valley, rates[4 - 1 + 8 + 4]);
 * ```
 *
 * Reference: L. Smith, "Cyclical learning rates for training neural networks",
 * 2015, arXiv 1506.01186, section 3.3, for the test; the suggestions are those of
 * fastai.
 */
export function suggestRates(
  { rates, losses }: RangeCurve,
  { skipStart = 0.1, skipEnd = 5 }: SuggestOptions = {},
): RateSuggestions {
  if (rates.length !== losses.length) {
    throw new RangeError(
      `rates and losses must be of one length, got ${rates.length} and ${losses.length}`,
    );
  }
  if (!(skipStart >= 0 && skipStart <= 1)) {
    throw new RangeError(`skipStart must be from 0 to 1, got ${skipStart}`);
  }
  checkInteger("skipEnd", skipEnd, 0);
  for (let i = 0; i < rates.length; i++) {
    const before = i === 0 ? 0 : rates[i - 1]!;
    if (rates[i]! > before && rates[i]! < Infinity) continue;
    throw new RangeError(
      `rates[${i}] must be finite and > ${before}, got ${rates[i]}`,
    );
  }
  const first = Math.floor(rates.length * skipStart);
  const last = Math.max(first, rates.length - skipEnd);
  const finite = Array.from(losses).slice(first, last);
  const end = finite.findIndex((loss) => !Number.isFinite(loss));
  const own = end < 0 ? finite : finite.slice(0, end);
  const ownRates = Array.from(rates).slice(first, first + own.length);
  const at = (index: number | undefined): number | null =>
    index === undefined ? null : ownRates[index]!;
  return {
    valley: at(valley(own)),
    slide: at(slide(own)),
    minimum: own.length === 0 ? null : ownRates[argMin(own)]! / 10,
    steep: at(steep(ownRates, own)),
  };
}
