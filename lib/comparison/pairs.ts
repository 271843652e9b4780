/**
 * Methods against each other over paired seeds.
 *
 * @module
 */
import { holm } from "../statistics/holm.ts";
import { pValue, tInterval } from "../statistics/t_interval.ts";
import type { PairResult } from "./comparison.ts";

/**
 * All pairs of methods: the mean difference over paired seeds with its 95 % t interval,
 * and whether it differs from 0 after Holm's correction over these pairs.
 *
 * @param values By method, one value a seed, in the same order of seeds; at least two.
 * @throws {RangeError} If there are fewer than two seeds.
 *
 * @example
 * ```ts
 * import { comparePairs } from "./pairs.ts";
 * import { strictEqual } from "node:assert";
 *
 * const [pair] = comparePairs({ a: [1, 2, 3], b: [2, 3.1, 3.9] });
 * strictEqual(pair!.difference.mean.toFixed(3), "-1.000");
 * strictEqual(pair!.differs, true);
 * ```
 *
 * Reference: Student, Biometrika 6, 1908; S. Holm, Scand. J. Statist. 6, 1979.
 */
export function comparePairs(
  values: Readonly<Record<string, readonly number[]>>,
): PairResult[] {
  const methods = Object.entries(values);
  const tested = methods.flatMap(([a, own], i) =>
    methods.slice(i + 1).map(([b, others]) => {
      const differences = own.map((value, seed) => value - others[seed]!);
      return {
        a,
        b,
        difference: tInterval(differences),
        p: pValue(differences, 0),
      };
    })
  );
  const differs = holm(tested.map(({ p }) => p));
  return tested.map((pair, i) => ({ ...pair, differs: differs[i]! }));
}

/** The methods that a method beats: less is better. */
export function beatenBy(
  method: string,
  pairs: readonly PairResult[],
): string[] {
  return pairs.filter(({ differs }) => differs).flatMap(
    ({ a, b, difference }) =>
      a === method && difference.mean < 0
        ? [b]
        : b === method && difference.mean > 0
        ? [a]
        : [],
  );
}
