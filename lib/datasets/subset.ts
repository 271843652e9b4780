import { ChoiceUse, chooseExamples } from "./choose_examples.ts";
import type { Split } from "./dataset.ts";
import { takeExamples } from "./take_examples.ts";

/**
 * A random part of a split in which the classes keep their proportions.
 *
 * @param split The examples; left as they are.
 * @param count How many to take, in [1, split.count].
 * @param seed The seed, an integer in [0, 2⁵³).
 * @returns A copy of these examples, in the order of the split.
 * @throws {RangeError} If count or seed is out of range.
 *
 * @example
 * ```ts
 * import { subset } from "./subset.ts";
 * import { drawnDigits } from "./generated/drawn_digits.ts";
 * import { strictEqual } from "node:assert";
 *
 * const few = subset(drawnDigits({ train: 50, test: 10 }).train, 20, 7);
 * strictEqual(few.labels.filter((label) => label === 3).length, 2);
 * ```
 */
export function subset(split: Split, count: number, seed: number): Split {
  const { chosen } = chooseExamples(split, count, seed, ChoiceUse.subset);
  return takeExamples(split, chosen);
}
