import { chooseHeldOut } from "./choose_examples.ts";
import type { Split } from "./dataset.ts";
import { takeExamples } from "./take_examples.ts";

/**
 * Divides a split at random into one to train on and one to validate with, in
 * both of which the classes keep their proportions.
 *
 * @param split The examples; left as they are.
 * @param count How many to validate with, in [1, split.count − 1].
 * @param seed The seed, an integer in [0, 2⁵³).
 * @returns `[train, validation]`: copies without a common example, each in the
 * order of the split.
 * @throws {RangeError} If count or seed is out of range.
 *
 * @example
 * ```ts
 * import { holdOut } from "./hold_out.ts";
 * import { drawnDigits } from "./generated/drawn_digits.ts";
 * import { strictEqual } from "node:assert";
 *
 * const [train, validation] = holdOut(drawnDigits({ train: 50, test: 10 }).train, 10, 7);
 * strictEqual(train.count, 40);
 * strictEqual(validation.count, 10);
 * ```
 */
export function holdOut(
  split: Split,
  count: number,
  seed: number,
): [train: Split, validation: Split] {
  const { chosen, rest } = chooseHeldOut(split, count, seed);
  return [takeExamples(split, rest), takeExamples(split, chosen)];
}
