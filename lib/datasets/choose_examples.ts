import { checkInteger } from "../text/check_integer.ts";
import { Purpose, randomStream } from "../random/stream.ts";
import type { Split } from "./dataset.ts";

/** What a choice is for: choices for different uses are independent. */
export const ChoiceUse = { subset: 0, holdOut: 1 } as const;

/** The numbers of chosen and of other examples, each in ascending order. */
export interface Choice {
  /** The numbers of the chosen examples. */
  chosen: Int32Array;
  /** The numbers of all others. */
  rest: Int32Array;
}

/**
 * Chooses examples at random, from each class in proportion to its size.
 *
 * A class with n_c of the n examples gives count·n_c/n of them, rounded down;
 * what is missing to `count` comes from the classes with the largest remainders,
 * the lowest class first. Examples that are of no class, as those of a regression
 * or with a label a pixel, are one class. With the same
 * seed, what a class gives to a smaller choice is among what it gives to a
 * larger one.
 *
 * @param split The examples.
 * @param count How many to choose, in [1, split.count].
 * @param seed The seed, an integer in [0, 2⁵³).
 * @param use What the choice is for, one of {@linkcode ChoiceUse}.
 * @returns The numbers of the chosen examples, and of the others.
 * @throws {RangeError} If count or seed is out of range.
 *
 * @example
 * ```ts
 * import { chooseExamples, ChoiceUse } from "./choose_examples.ts";
 * import { strictEqual } from "node:assert";
 *
 * const split = {
 *   count: 6,
 *   inputs: new Float32Array(6),
 *   labels: Int32Array.of(0, 0, 0, 0, 1, 1),
 * };
 * const { chosen } = chooseExamples(split, 3, 0, ChoiceUse.subset);
 * strictEqual(chosen.filter((i) => split.labels[i] === 0).length, 2);
 * ```
 */
export function chooseExamples(
  split: Pick<Split, "count" | "labels">,
  count: number,
  seed: number,
  use: number,
): Choice {
  checkInteger("count", count, 1, split.count);
  const ofClasses = split.labels instanceof Int32Array &&
    split.labels.length === split.count;
  const classes = Map.groupBy(
    Array.from({ length: split.count }, (_, i) => i),
    (i) => ofClasses ? split.labels[i]! : 0,
  );
  const shares = [...classes].sort(([a], [b]) => a - b).map(
    ([label, members]) => {
      const exact = count * members.length / split.count;
      return { label, members, exact, taken: Math.floor(exact) };
    },
  );
  const missing = count - shares.reduce((sum, { taken }) => sum + taken, 0);
  shares.toSorted((a, b) => (b.exact - b.taken) - (a.exact - a.taken))
    .slice(0, missing).forEach((share) => share.taken++);
  const isChosen = new Uint8Array(split.count);
  for (const { label, members, taken } of shares) {
    const order = randomStream(seed, Purpose.split, use, label)
      .permutation(members.length);
    for (const i of order.subarray(0, taken)) isChosen[members[i]!] = 1;
  }
  const all = Int32Array.from({ length: split.count }, (_, i) => i);
  return {
    chosen: all.filter((i) => isChosen[i] === 1),
    rest: all.filter((i) => isChosen[i] === 0),
  };
}

/**
 * Chooses examples to hold out: {@linkcode chooseExamples}, of which some are left.
 *
 * @throws {RangeError} If count is not in [1, split.count − 1], or the seed is out of range.
 */
export function chooseHeldOut(
  split: Pick<Split, "count" | "labels">,
  count: number,
  seed: number,
): Choice {
  checkInteger("count", count, 1, split.count - 1);
  return chooseExamples(split, count, seed, ChoiceUse.holdOut);
}
