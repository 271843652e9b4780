/**
 * Checks of options.
 *
 * @module
 */
import { show } from "../text/show.ts";

/** Refuses what is not an integer of at least `least`. */
export function checkCount(
  name: string,
  value: number,
  least: number = 1,
): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new RangeError(
      `${name} must be an integer ≥ ${least}, got ${show(value)}`,
    );
  }
}

/** Refuses what is not a finite number > 0. */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${name} must be a number > 0, got ${show(value)}`);
  }
}
