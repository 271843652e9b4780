/**
 * What a range test finds.
 *
 * @module
 */
import type { RateSuggestions } from "./suggest_rates.ts";

/** What a range test found; in a notebook it shows its curve. */
export interface FoundRates {
  /** The learning rate of each step. */
  readonly rates: readonly number[];
  /** The loss of each step, as it was; it may be NaN or infinite at the end. */
  readonly losses: readonly number[];
  /** The smoothed loss of each step. */
  readonly smoothed: readonly number[];
  /** Why it stopped. */
  readonly stopped: "end" | "diverged" | "not finite";
  /** What the smoothed losses suggest. */
  readonly suggestions: RateSuggestions;
}
