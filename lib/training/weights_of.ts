/**
 * The weights of a run, as the probes take them.
 *
 * @module
 */
import type { RecordedRun } from "./recorded_run.ts";

/**
 * The parameters that a run ended with, statistics included, in the order of its
 * objective: what the probes' `weights` are.
 *
 * @param run A run.
 * @returns One array a parameter; do not write to them.
 *
 * @example
 * ```ts
 * import { weightsOf } from "./weights_of.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const kernel = { shape: [1, 2], values: Float32Array.of(3, 4) };
 * const bias = { shape: [2], values: Float32Array.of(0, 1) };
 * const weights = weightsOf({ parameters: { kernel, bias } });
 * deepStrictEqual(weights.map((values) => [...values]), [[3, 4], [0, 1]]);
 * ```
 */
export function weightsOf(
  { parameters }: Pick<RecordedRun, "parameters">,
): (Float32Array | Float64Array | Int32Array)[] {
  return Object.values(parameters).map(({ values }) => values);
}
