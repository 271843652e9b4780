/**
 * Lines of losses that probes measured, as series of a figure.
 *
 * @module
 */
import type { LineSeries } from "../../figures/line_figure.ts";
import type { Scale } from "../catalogue.ts";
import type { Run } from "../study.ts";
import { probed } from "./flatter.ts";
import { PROBED } from "./probe_plans.ts";
import { bestOf } from "./probed_runs.ts";

/** A list cut into lines of a length. */
export function linesOf(
  values: readonly number[],
  length: number,
): number[][] {
  return Array.from(
    { length: Math.floor(values.length / length) },
    (_, i) => values.slice(i * length, (i + 1) * length),
  );
}

/** The mean of lines, point by point. */
export function meanLine(lines: readonly (readonly number[])[]): number[] {
  return (lines[0] ?? []).map((_, k) =>
    lines.reduce((sum, line) => sum + line[k]!, 0) / lines.length
  );
}

/** A line a schedule: the mean over seeds and draws, in a band from least to largest. */
export function lineSeries(
  runs: readonly Run[],
  scale: Scale,
  name: string,
  x: readonly number[],
): LineSeries[] {
  return PROBED.map((schedule) => {
    const own = bestOf(runs, schedule, scale);
    const lines = own.flatMap((run) => linesOf(probed(run, name), x.length));
    const over = (pick: (...values: number[]) => number) =>
      x.map((_, k) => pick(...lines.map((line) => line[k]!)));
    return {
      name: own[0]!.plan.arm,
      x,
      y: lines.length === 0 ? x.map(() => NaN) : meanLine(lines),
      ...lines.length === 0
        ? {}
        : { low: over(Math.min), high: over(Math.max) },
    };
  });
}
