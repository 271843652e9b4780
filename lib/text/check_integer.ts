import { show } from "./show.ts";

/**
 * Refuses what is not an integer in a range.
 *
 * @param name What it is, for the error.
 * @param value What was given.
 * @param least The least that is allowed.
 * @param most The most that is allowed. @default {Infinity}
 * @throws {RangeError} If it is not.
 *
 * @example
 * ```ts
 * import { checkInteger } from "./check_integer.ts";
 * import { throws } from "node:assert";
 *
 * checkInteger("epochs", 3, 1);
 * throws(() => checkInteger("epochs", 1.5, 1), /epochs must be an integer ≥ 1, got 1.5/);
 * throws(() => checkInteger("seeds", 9, 2, 8), /seeds must be an integer in \[2, 8\]/);
 * ```
 */
export function checkInteger(
  name: string,
  value: unknown,
  least: number,
  most: number = Infinity,
): void {
  const isInteger = Number.isSafeInteger(value);
  if (isInteger && value as number >= least && value as number <= most) return;
  const range = most === Infinity ? `≥ ${least}` : `in [${least}, ${most}]`;
  throw new RangeError(
    `${name} must be an integer ${range}, got ${show(value)}`,
  );
}
