/**
 * The learning-rate range test.
 *
 * @module
 */
import { checkInteger } from "../text/check_integer.ts";
import { displayedAs } from "../figures/displayed.ts";
import { exponential, linear, type Schedule } from "../schedules/mod.ts";
import type { FoundRates } from "./found_rates.ts";
import { foundRatesFigure } from "./found_rates_figure.ts";
import { suggestRates } from "./suggest_rates.ts";

/** What is trained by a range test. */
export interface RangeTrial {
  /** Takes one training step at a learning rate; returns the loss before it. */
  step(learningRate: number): number | Promise<number>;
  /** Brings back the state from before the test, whatever happened. */
  restore(): void | Promise<void>;
}

/** Options of {@linkcode rangeTest}. */
export interface RangeTestOptions {
  /** The first learning rate, > 0. Default 1e-7. */
  readonly from?: number;
  /** The last learning rate, > from. Default 10. */
  readonly to?: number;
  /** The most steps, an integer ≥ 2. Default 100. */
  readonly steps?: number;
  /** How the rate rises. Default `exponential`. */
  readonly ramp?: "exponential" | "linear";
  /** The weight β of the past in the smoothed loss, 0 ≤ β < 1. Default 0.98. */
  readonly smoothing?: number;
  /** Stops when the smoothed loss exceeds its least by this factor. Default 4. */
  readonly divergence?: number;
  /** Stops the test; the state is restored. */
  readonly signal?: AbortSignal | undefined;
}

/** Options with their defaults, checked. */
function checked(options: RangeTestOptions): Required<
  Omit<RangeTestOptions, "signal">
> {
  const {
    from = 1e-7,
    to = 10,
    steps = 100,
    ramp = "exponential",
    smoothing = 0.98,
    divergence = 4,
  } = options;
  if (!(from > 0 && from < Infinity)) {
    throw new RangeError(`from must be a number > 0, got ${from}`);
  }
  if (!(to > from && to < Infinity)) {
    throw new RangeError(`to must be a number > from, ${from}, got ${to}`);
  }
  checkInteger("steps", steps, 2);
  if (ramp !== "exponential" && ramp !== "linear") {
    throw new RangeError(`ramp must be exponential or linear, got ${ramp}`);
  }
  if (!(smoothing >= 0 && smoothing < 1)) {
    throw new RangeError(`smoothing must be ≥ 0 and < 1, got ${smoothing}`);
  }
  if (!(divergence > 1)) {
    throw new RangeError(`divergence must be > 1, got ${divergence}`);
  }
  return { from, to, steps, ramp, smoothing, divergence };
}

/** The learning rate of each step: the last one is `to`. */
function rampOf(
  { from, to, steps, ramp }: ReturnType<typeof checked>,
): Schedule {
  const length = steps - 1;
  return ramp === "linear"
    ? linear({ from, to, steps: length })
    : exponential({ from, factor: to / from, every: length, steps: length });
}

/**
 * Trains for some steps at rising learning rates, and brings the state back.
 *
 * The rate of step i = 0 … n − 1 is η = from·(to/from)^(i/(n − 1)), or in a straight
 * line. The smoothed loss is sᵢ/(1 − βⁱ⁺¹), sᵢ = β·sᵢ₋₁ + (1 − β)·lossᵢ, where β is the
 * `smoothing`. The test stops early when that exceeds `divergence` times its least so
 * far, or a loss is not finite. The losses should be positive for that.
 *
 * @param trial What is trained; it is restored in the end, be it by an error.
 * @param options The rates, the number of steps, and when to stop.
 * @returns Rates, losses and four suggestions.
 * @throws {RangeError} If an option is out of range.
 * @throws What the trial throws, or the signal's reason.
 *
 * @example Gradient descent on ½·λ·w² diverges above 2/λ
 * ```ts
 * import { rangeTest } from "./range_test.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * let w = 1;
 * const found = await rangeTest({
 *   step(learningRate) {
 *     const loss = 0.5 * 4 * w ** 2 + 1;
 *     w -= learningRate * 4 * w;
 *     return loss;
 *   },
 *   restore: () => void (w = 1),
 * }, { from: 1e-4, to: 10, smoothing: 0 });
 *
 * strictEqual(found.stopped, "diverged");
 * strictEqual(w, 1);
 * const { minimum } = found.suggestions;
 * ok(minimum !== null && minimum < 2 / 4);
 * ```
 *
 * Reference: L. Smith, "Cyclical learning rates for training neural networks",
 * 2015, arXiv 1506.01186, section 3.3.
 *
 * Differs from fastai, whose last rate is one step short of the end of the range.
 */
export async function rangeTest(
  trial: RangeTrial,
  options: RangeTestOptions = {},
): Promise<FoundRates> {
  const settings = checked(options);
  const { steps, smoothing, divergence } = settings;
  const ramp = rampOf(settings);
  const rates: number[] = [];
  const losses: number[] = [];
  const smoothed: number[] = [];
  let stopped: FoundRates["stopped"] = "end";
  let average = 0;
  let least = Infinity;
  try {
    for (let i = 0; i < steps; i++) {
      options.signal?.throwIfAborted();
      const rate = ramp(i);
      const loss = await trial.step(rate);
      average = smoothing * average + (1 - smoothing) * loss;
      const smooth = average / (1 - smoothing ** (i + 1));
      rates.push(rate);
      losses.push(loss);
      smoothed.push(smooth);
      if (!Number.isFinite(smooth)) {
        stopped = "not finite";
        break;
      }
      least = Math.min(least, smooth);
      if (smooth > divergence * least) {
        stopped = "diverged";
        break;
      }
    }
  } finally {
    await trial.restore();
  }
  const suggestions = suggestRates({ rates, losses: smoothed });
  const found = { rates, losses, smoothed, stopped, suggestions };
  return displayedAs(found, () => foundRatesFigure(found));
}
