/**
 * "The Gaussian schedule ends in a flatter place": the same test for each of the ways
 * that flatness is measured in.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { judge, together } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, tested } from "../study.ts";
import { obstacle } from "../validity.ts";
import { type Judge, judgedAt } from "../verdict.ts";
import {
  describe,
  differences,
  type Measure,
  SMALLEST_EFFECT,
} from "./flatter.ts";
import { PROBED, type ProbedSchedule } from "./probe_plans.ts";
import { bestOf, probedEdges } from "./probed_runs.ts";

/** The runs of a schedule that diverged, as a share. */
function divergedShare(
  runs: readonly Run[],
  scale: Scale,
  schedule: ProbedSchedule,
): number {
  const own = bestOf(runs, schedule, scale);
  return own.filter(({ status }) => status === "diverged").length / own.length;
}

/** Why nothing is compared, or undefined where something is. */
function withoutPairs(
  runs: readonly Run[],
  scale: Scale,
  values: readonly number[],
): string | undefined {
  if (values.length < 2) return "too few pairs of runs were measured";
  // Next to a baseline that diverged anything is flat.
  return divergedShare(runs, scale, "step") > 0.5
    ? "most runs of the step schedule diverged"
    : undefined;
}

/**
 * Judges whether measures are smaller with the Gaussian than with the step schedule,
 * each at the rate that suits it; all of them must be. Notes say what a step schedule
 * of equal area does, and what other measures say.
 *
 * @param measures What is judged; the first is the number that is shown.
 */
function judgeFlatter(
  runs: readonly Run[],
  scale: Scale,
  measures: readonly Measure[],
  others: readonly Measure[] = [],
): Finding {
  const lists = measures.map((one) => differences(runs, scale, one, "step"));
  const [first] = measures;
  const notes = [
    `Pairs: ${describe(lists[0]!)}.`,
    ...[...measures, ...others].flatMap((one, i) => [
      ...i === 0
        ? []
        : [`${one.name}: ${describe(differences(runs, scale, one, "step"))}.`],
      `${one.name}, step schedule of equal area instead: ${
        describe(differences(runs, scale, one, "step of equal area"))
      }.`,
    ]),
    ...PROBED.map((schedule) => means(runs, scale, first!, schedule)),
    ...probedEdges(runs, scale),
  ];
  const reason = withoutPairs(runs, scale, lists[0]!);
  if (reason !== undefined) {
    return {
      measured: { value: null, interval: null },
      verdict: "not judged",
      reason,
      notes,
    };
  }
  const parts = lists.map((values) => judge(values, SMALLEST_EFFECT));
  const also = measures.slice(1).map(({ name }) => `; so must the ${name}`);
  return tested(
    {
      verdict: together(parts.map(({ verdict }) => verdict)),
      interval: parts[0]!.interval,
      p: Math.max(...parts.map(({ p }) => p)),
    },
    "relative difference",
    `${
      first!.name
    }: the step schedule's minus the Gaussian's over their mean, in pairs of a seed, each at its best rate on the validation split; at least ${SMALLEST_EFFECT} would matter${
      also.join("")
    }`,
    notes,
  );
}

/**
 * What judges a row on flatness.
 *
 * @param measures What is judged at a scale; the first is the number that is shown.
 * @param others What else is noted.
 * @param further Further notes.
 */
export function flatterJudge(
  measures: (scale: Scale) => readonly Measure[],
  others: (scale: Scale) => readonly Measure[],
  further: (runs: readonly Run[], scale: Scale) => string[] = () => [],
): Judge {
  return judgedAt(
    (runs, scale) => {
      const finding = judgeFlatter(
        runs,
        scale,
        measures(scale),
        others(scale),
      );
      return { ...finding, notes: [...finding.notes, ...further(runs, scale)] };
    },
    obstacle,
    "count as places as sharp as can be",
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
