/**
 * Checks of options.
 *
 * @module
 */
import { checkInteger } from "../text/check_integer.ts";
import { show } from "../text/show.ts";

/** Refuses what is not an integer of at least `least`. */
export function checkCount(
  name: string,
  value: number,
  least: number = 1,
): void {
  checkInteger(name, value, least);
}

/** Refuses what is not a finite number > 0. */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`${name} must be a number > 0, got ${show(value)}`);
  }
}
