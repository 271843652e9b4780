/**
 * Nonmonotonic schedules, table 1: its networks and the errors of their ensembles.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { byArm, chosenOnValidation } from "../comparisons.ts";
import { meanEnsembleError } from "../ensembles.ts";
import { intervalText } from "../interval_text.ts";
import type { TrainingPlan } from "../plan.ts";
import { type Predictions, unpack } from "../predictions.ts";
import { pseudoValues } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import type { Run } from "../study.ts";
import { settings } from "./settings.ts";

/** The most networks of an ensemble in the paper. */
export const MOST = 5;

/** The two schedules. */
export const METHODS = ["step", "Gaussian"] as const;
/** One of them. */
export type Method = typeof METHODS[number];

/** The name of an arm. */
export const ensembleArm = (method: Method, rate: number): string =>
  `${method}, ${rate}`;

/** What is trained at a scale. */
export const trainingOf = (scale: Scale): TrainingPlan => ({
  ...settings[scale].small,
  keepPredictions: true,
});

/**
 * What the networks of a method predict, one a seed, at the rate that suits it; one
 * that diverged predicts nothing, and counts as untrained.
 */
export function networksOf(
  runs: readonly Run[],
  method: Method,
  scale: Scale,
): Predictions[] {
  const arms = byArm(runs);
  const names = settings[scale].rates.map((rate) => ensembleArm(method, rate));
  const chosen = arms.get(chosenOnValidation(arms, names))!;
  return [...chosen.values()].map(({ predictions, status }) => {
    const { classes, rows } = unpack(predictions!);
    return { classes, rows: status === "diverged" ? rows.map(() => 0) : rows };
  });
}

/** The networks of both methods that remain when only some seeds do. */
export function errorOf(
  networks: readonly Predictions[],
): (size: number) => (kept: readonly number[]) => number {
  return (size: number) => (kept: readonly number[]) =>
    meanEnsembleError(kept.map((i) => networks[i]!), size);
}

/** Sizes of ensembles that the seeds suffice for. */
const sizesOf = ({ length }: readonly Predictions[]) =>
  Array.from({ length: Math.min(MOST, length) }, (_, i) => i + 1);

/** The mean error of ensembles of a size. */
export interface EnsemblePoint {
  /** Networks. */
  size: number;
  /** Their error in percent. */
  mean: number;
  /** The lower end of its interval; NaN where there is none. */
  low: number;
  /** The upper end. */
  high: number;
}

/** Mean errors by size; intervals where a seed can be left out. */
export function curve(networks: readonly Predictions[]): EnsemblePoint[] {
  const error = errorOf(networks);
  return sizesOf(networks).map((size) => {
    const mean = meanEnsembleError(networks, size);
    if (size === networks.length) return { size, mean, low: NaN, high: NaN };
    const { low, high } = tInterval(
      pseudoValues(networks.length, error(size)),
    );
    return { size, mean, low, high };
  });
}

/** `0.52 [0.31, 0.73]`, or the mean alone. */
export function cell(point: EnsemblePoint): string {
  return Number.isNaN(point.low) ? point.mean.toFixed(2) : intervalText(point);
}
