/**
 * Errors of ensembles: networks that predict together.
 *
 * @module
 */
import type { Predictions } from "./predictions.ts";

/**
 * The error of an ensemble in percent: each example gets the class whose probability,
 * averaged over the networks, is the largest. Where the true class ties with k others,
 * the example counts k/(k + 1): a network that knows nothing errs as often as guessing.
 *
 * @param members What each network predicts for the same examples, at least one.
 *
 * @example Together two networks correct each other
 * ```ts
 * import { ensembleError } from "./ensembles.ts";
 * import { strictEqual } from "node:assert";
 *
 * // Two examples, the true class first: each network errs on one of them.
 * const a = { classes: 2, rows: Uint8Array.of(255, 0, 100, 155) };
 * const b = { classes: 2, rows: Uint8Array.of(120, 135, 255, 0) };
 * strictEqual(ensembleError([a]), 50);
 * strictEqual(ensembleError([a, b]), 0);
 * ```
 */
export function ensembleError(members: readonly Predictions[]): number {
  const { classes, rows } = members[0]!;
  const examples = rows.length / classes;
  let wrong = 0;
  for (let example = 0; example < examples; example++) {
    const total = (column: number) =>
      members.reduce(
        (sum, member) => sum + member.rows[example * classes + column]!,
        0,
      );
    const truth = total(0);
    let ties = 0, larger = false;
    for (let c = 1; c < classes && !larger; c++) {
      const other = total(c);
      if (other === truth) ties++;
      larger = other > truth;
    }
    wrong += larger ? 1 : ties / (ties + 1);
  }
  return 100 * wrong / examples;
}

/** Every choice of `size` of the values, in order. */
export function subsets<Value>(
  values: readonly Value[],
  size: number,
): Value[][] {
  if (size === 0) return [[]];
  return values.flatMap((value, i) =>
    subsets(values.slice(i + 1), size - 1).map((rest) => [value, ...rest])
  );
}

/**
 * The mean error of all ensembles of `size` of the networks, in percent.
 *
 * @param networks What each predicts.
 * @param size Networks that predict together, from 1 to as many as there are.
 */
export function meanEnsembleError(
  networks: readonly Predictions[],
  size: number,
): number {
  const errors = subsets(networks, size).map(ensembleError);
  return errors.reduce((sum, e) => sum + e, 0) / errors.length;
}
