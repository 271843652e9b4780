/**
 * Nonmonotonic schedules, figure 7: what is compared.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, chosenOnValidation } from "../comparisons.ts";
import { settings } from "./settings.ts";

/** A Gaussian training. */
export interface Setting {
  /** γmax. */
  peak: number;
  /** Length. */
  epochs: number;
}

/** Every peak for every length. */
export function settingsOf(scale: Scale): Setting[] {
  const { peaks, lengths } = settings[scale];
  return lengths.flatMap((epochs) => peaks.map((peak) => ({ peak, epochs })));
}

/** The name of a setting's arm. */
export const gaussianArm = ({ peak, epochs }: Setting): string =>
  `Gaussian, ${epochs} epochs, ${peak}`;

/** The name of the arm of a step schedule. */
export const stepArm = (rate: number): string => `step, ${rate}`;
/** The name of the arm of a step schedule with a Gaussian's learning rate in all. */
export const controlArm = (rate: number): string =>
  `step of equal area, ${rate}`;

/** The rate of some whose arm is best on the validation split. */
export function bestRate(
  arms: ReadonlyMap<string, Arm>,
  name: (rate: number) => string,
  rates: readonly number[],
): number {
  const names = rates.map(name);
  return rates[names.indexOf(chosenOnValidation(arms, names))]!;
}

/** The step schedule at the rate that suits it. */
export function baseline(
  arms: ReadonlyMap<string, Arm>,
  scale: Scale,
): Arm {
  return arms.get(stepArm(bestRate(arms, stepArm, settings[scale].rates)))!;
}
