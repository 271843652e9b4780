/**
 * How flat the places are where runs end, compared in pairs of a seed.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import type { ProbeSpec } from "../probes/probe.ts";
import { signTest } from "../../statistics/sign_test.ts";
import { judge } from "../statistics.ts";
import type { Run } from "../study.ts";
import type { ProbedSchedule } from "./probe_plans.ts";
import { bestOf } from "./probed_runs.ts";

/** The least relative difference that would matter. */
export const SMALLEST_EFFECT = 0.1;

/** How sharp a run's place is, in one way; larger is sharper. */
export interface Measure {
  /** In words, such as `mean rise of the loss along the path`. */
  readonly name: string;
  /** The number. */
  of(run: Run): number;
}

/**
 * How much larger a is than b, as a share of their mean size: in [−2, 2], which is
 * where it ends when one of them is infinite.
 */
export function relativeDifference(a: number, b: number): number {
  if (a === b) return 0;
  if (Math.abs(a) === Infinity) return a > 0 ? 2 : -2;
  if (Math.abs(b) === Infinity) return b > 0 ? -2 : 2;
  const size = (Math.abs(a) + Math.abs(b)) / 2;
  return size === 0 ? 0 : (a - b) / size;
}

/**
 * A named list that a probe made, NaN where a number was not finite; empty where the
 * run diverged.
 */
export function probed(
  run: Run,
  name: string,
  kind: ProbeSpec["kind"] = "flatness",
): number[] {
  return (run.probed?.[kind]?.[name] ?? []).map((value) => value ?? NaN);
}

/** The mean rise of losses over their first. */
export function meanRise(losses: readonly number[]): number {
  const [first, ...others] = losses;
  return others.reduce((sum, loss) => sum + loss - first!, 0) / others.length;
}

/**
 * The mean rise of losses over their first as far as a place, on straight lines from
 * point to point; as far as they go where the place is beyond.
 *
 * @param places Where the losses are, ascending from 0.
 */
export function meanRiseTo(
  places: readonly number[],
  losses: readonly number[],
  place: number,
): number {
  const end = Math.min(place, places.at(-1)!);
  let area = 0;
  for (let k = 1; k < places.length && places[k - 1]! < end; k++) {
    const from = places[k - 1]!, width = places[k]! - from;
    const share = Math.min(1, (end - from) / width);
    const a = losses[k - 1]! - losses[0]!, b = losses[k]! - losses[0]!;
    area += share * width * (a + share * (b - a) / 2);
  }
  return area / end;
}

/**
 * How sharp a run's place is: infinitely where the run diverged or a loss was not
 * finite, which is as sharp as can be; NaN where nothing was measured.
 */
function sharpness(run: Run, { of }: Measure): number {
  const value = of(run);
  if (Number.isFinite(value)) return value;
  return run.status === "diverged" || run.probed ? Infinity : NaN;
}

/** Relative differences of a measure: a step schedule minus the Gaussian, a seed each. */
export function differences(
  runs: readonly Run[],
  scale: Scale,
  measure: Measure,
  against: Exclude<ProbedSchedule, "Gaussian">,
): number[] {
  const gaussian = new Map(
    bestOf(runs, "Gaussian", scale).map((run) => [run.plan.seed, run]),
  );
  return bestOf(runs, against, scale).flatMap((run) => {
    const other = gaussian.get(run.plan.seed);
    if (other === undefined) return [];
    const pair = [sharpness(run, measure), sharpness(other, measure)] as const;
    return pair.some(Number.isNaN) ? [] : [relativeDifference(...pair)];
  });
}

/** Mean and interval of differences, how many are positive, and what follows. */
export function describe(values: readonly number[]): string {
  if (values.length < 2) return `only ${values.length} pairs can be measured`;
  const { verdict, interval } = judge(values, SMALLEST_EFFECT);
  const { positive, count, p } = signTest(values);
  return `${verdict}, ${interval.mean.toFixed(3)} [${
    interval.low.toFixed(3)
  }, ${
    interval.high.toFixed(3)
  }], larger in ${positive} of ${count} pairs (sign test: p = ${
    p.toPrecision(2)
  })`;
}
