/**
 * The learning-rate range test: a few steps at rising rates, and what their losses
 * suggest. It knows no model: what it trains is a function of the learning rate.
 *
 * @module
 */
export type { Attributes, AttributeValue, Figure } from "../figures/mod.ts";
export type { FoundRates } from "./found_rates.ts";
export { foundRatesFigure } from "./found_rates_figure.ts";
export {
  rangeTest,
  type RangeTestOptions,
  type RangeTrial,
} from "./range_test.ts";
export {
  type RangeCurve,
  type RateSuggestions,
  type SuggestOptions,
  suggestRates,
} from "./suggest_rates.ts";
