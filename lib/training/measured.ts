/**
 * What telemetry measured, as a line.
 *
 * @module
 */
import type { RecordedRun } from "./recorded_run.ts";

/**
 * A number that telemetry measured along a run, by its name.
 *
 * @param run A run, or anything that has its records.
 * @param name Such as `topEigenvalue`.
 * @returns The steps, and the values at them: a series of a line figure.
 * @throws {RangeError} If nothing of that name was measured.
 *
 * @example
 * ```ts
 * import { measured } from "./measured.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const step = { epoch: 0, loss: 1, learningRate: 0.1, cost: 0 };
 * const records = [
 *   { ...step, step: 0, measured: { curvature: 3 } },
 *   { ...step, step: 1 },
 *   { ...step, step: 2, measured: { curvature: 5 } },
 * ];
 * deepStrictEqual(measured({ records }, "curvature"), { x: [0, 2], y: [3, 5] });
 * ```
 */
export function measured(
  { records }: Pick<RecordedRun, "records">,
  name: string,
): { x: number[]; y: number[] } {
  const x: number[] = [], y: number[] = [];
  const names = new Set<string>();
  for (const record of records) {
    if (!("measured" in record) || record.measured === undefined) continue;
    for (const key of Object.keys(record.measured)) names.add(key);
    if (!Object.hasOwn(record.measured, name)) continue;
    x.push(record.step);
    y.push(record.measured[name]!);
  }
  if (x.length === 0) {
    throw new RangeError(
      `name must be one of what was measured (${
        [...names].join(", ") || "nothing"
      }), got ${name}`,
    );
  }
  return { x, y };
}
