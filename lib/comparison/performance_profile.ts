/**
 * Performance profiles: how often a method is within a factor of the best.
 *
 * @module
 */

/** What a profile is made of, by method. */
export interface PerformanceProfile {
  /**
   * For each method and problem, its cost over the least cost of any method there;
   * Infinity where it did not solve the problem.
   */
  readonly ratios: Readonly<Record<string, readonly number[]>>;
}

/**
 * Performance ratios of methods over problems, r = t / minₘ t: t is what a method spent
 * on a problem until it was solved.
 *
 * @param costs By method, one cost > 0 a problem, in the same order; Infinity where it
 * was not solved.
 * @returns The ratios; where nobody solved a problem, all are Infinity.
 * @throws {TypeError} If methods have costs of different numbers of problems, or none.
 * @throws {RangeError} If a cost is not > 0.
 *
 * @example
 * ```ts
 * import { performanceProfile, shareSolved } from "./performance_profile.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { ratios } = performanceProfile({ a: [10, 40], b: [20, 20] });
 * deepStrictEqual(ratios, { a: [1, 2], b: [2, 1] });
 * deepStrictEqual([1, 2].map((τ) => shareSolved(ratios.a!, τ)), [0.5, 1]);
 * ```
 *
 * Reference: E. D. Dolan, J. J. Moré, Math. Program. 91, 2002, arXiv cs/0102001, §2.
 */
export function performanceProfile(
  costs: Readonly<Record<string, readonly number[]>>,
): PerformanceProfile {
  const lists = Object.values(costs);
  const count = lists[0]?.length ?? 0;
  if (count === 0 || lists.some(({ length }) => length !== count)) {
    throw new TypeError(
      `each method must have the cost of each problem, got lists of ${
        lists.map(({ length }) => length).join(", ") || "no method"
      }`,
    );
  }
  const bad = lists.flat().find((cost) => !(cost > 0));
  if (bad !== undefined) {
    throw new RangeError(`a cost must be > 0 or Infinity, got ${bad}`);
  }
  const least = Array.from(
    { length: count },
    (_, i) => Math.min(...lists.map((list) => list[i]!)),
  );
  return {
    ratios: Object.fromEntries(
      Object.entries(costs).map(([method, list]) => [
        method,
        list.map((cost, i) => cost === Infinity ? Infinity : cost / least[i]!),
      ]),
    ),
  };
}

/**
 * ρ(τ): the share of problems that a method solved within τ times the best cost.
 *
 * @param ratios The method's ratios, one a problem.
 * @param tau τ, at least 1.
 * @throws {RangeError} If there are no ratios.
 *
 * @example Of three problems one is solved at the least cost, two in all
 * ```ts
 * import { shareSolved } from "./performance_profile.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const ratios = [1, 3, Infinity];
 * deepStrictEqual([1, 3, 100].map((τ) => shareSolved(ratios, τ)), [1/3, 2/3, 2/3]);
 * ```
 *
 * Reference: E. D. Dolan, J. J. Moré, Math. Program. 91, 2002, arXiv cs/0102001, §2.
 */
export function shareSolved(ratios: readonly number[], tau: number): number {
  if (ratios.length === 0) {
    throw new RangeError(
      "ratios must hold one number a problem, got none: there is no share of nothing",
    );
  }
  return ratios.filter((ratio) => ratio <= tau && ratio < Infinity).length /
    ratios.length;
}
