/**
 * "The Gaussian schedule ends in a flatter place": the same test for each of the ways
 * that flatness is measured in.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import type { ProbeSpec } from "../probes/probe.ts";
import { signTest } from "../../statistics/sign_test.ts";
import { judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, tested } from "../study.ts";
import { bestOf, PROBED, type ProbedSchedule } from "./probe_plans.ts";

/** The least relative difference that would matter. */
export const SMALLEST_EFFECT = 0.1;

/** How sharp a run's place is, in one way; larger is sharper. */
export interface Measure {
  /** In words, such as `mean rise of the loss along the path`. */
  readonly name: string;
  /** The number. */
  of(run: Run): number;
}

/** How much larger a is than b, as a share of their mean size: in [−2, 2]. */
export function relativeDifference(a: number, b: number): number {
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

/** Relative differences of a measure: a step schedule minus the Gaussian, a seed each. */
export function differences(
  runs: readonly Run[],
  scale: Scale,
  { of }: Measure,
  against: Exclude<ProbedSchedule, "Gaussian">,
): number[] {
  const gaussian = new Map(
    bestOf(runs, "Gaussian", scale).map((run) => [run.plan.seed, run]),
  );
  return bestOf(runs, against, scale).flatMap((run) => {
    const other = gaussian.get(run.plan.seed);
    const value = other ? relativeDifference(of(run), of(other)) : NaN;
    return Number.isFinite(value) ? [value] : [];
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

/**
 * Judges whether a measure is smaller with the Gaussian than with the step schedule,
 * each at the rate that suits it; notes say what a step schedule of equal area does,
 * and what other measures say.
 */
export function judgeFlatter(
  runs: readonly Run[],
  scale: Scale,
  measure: Measure,
  others: readonly Measure[] = [],
): Finding {
  const values = differences(runs, scale, measure, "step");
  const notes = [
    `Pairs: ${describe(values)}.`,
    ...[measure, ...others].flatMap((one, i) => [
      ...i === 0
        ? []
        : [`${one.name}: ${describe(differences(runs, scale, one, "step"))}.`],
      `${one.name}, step schedule of equal area instead: ${
        describe(differences(runs, scale, one, "step of equal area"))
      }.`,
    ]),
    ...PROBED.map((schedule) => means(runs, scale, measure, schedule)),
  ];
  if (values.length < 2) {
    return {
      measured: { value: null, interval: null },
      verdict: "not judged",
      reason: "too few pairs of runs ended",
      notes,
    };
  }
  return tested(
    judge(values, SMALLEST_EFFECT),
    "relative difference",
    `${measure.name}: the step schedule's minus the Gaussian's over their mean, in pairs of a seed, each at its best rate on the validation split; at least ${SMALLEST_EFFECT} would matter`,
    notes,
  );
}

/** The mean of a measure over the runs of a schedule. */
function means(
  runs: readonly Run[],
  scale: Scale,
  { name, of }: Measure,
  schedule: ProbedSchedule,
): string {
  const own = bestOf(runs, schedule, scale);
  const values = own.map(of).filter(Number.isFinite);
  const arm = own[0]!.plan.arm;
  if (values.length < 2) return `${arm}: nothing measured`;
  const { mean, low, high } = tInterval(values);
  return `${arm}: ${name} ${mean.toPrecision(3)} [${low.toPrecision(3)}, ${
    high.toPrecision(3)
  }].`;
}
