/**
 * The learning-rate range test: a few steps at rising rates, and what their losses
 * suggest. It knows no model: what it trains is a function of the learning rate.
 *
 * @module
 */
export {
  findRate,
  type FindRateOptions,
  type FoundRates,
  type RangeTrial,
} from "./find_rate.ts";
export type { Attributes, AttributeValue, Figure } from "../figures/mod.ts";
export { foundRatesFigure } from "./found_rates_figure.ts";
export {
  type RangeCurve,
  type RateSuggestions,
  type SuggestOptions,
  suggestRates,
} from "./suggest_rates.ts";
