/**
 * Summaries of runs that stood still when they ended.
 *
 * @module
 */
import { standsStillFrom } from "../training/stands_still.ts";
import type { Course, RunSummary } from "./summary.ts";

/** The first values of each list. */
function cut<Lists extends object>(lists: Lists, count: number): Lists {
  const kept = Object.entries(lists).map(([name, values]) => [
    name,
    Array.isArray(values)
      ? values.slice(0, count)
      : cut(values as object, count),
  ]);
  return Object.fromEntries(kept) as Lists;
}

/**
 * A run that took no step any more because its line was not finite has diverged where
 * it came to stand: its courses end with the last step that it is known to have taken.
 * What it spent, and its events, stay. Other runs are as they were.
 */
export function endedWhereItStood<Summary extends RunSummary>(
  summary: Summary,
): Summary {
  const { control, status, evaluatedEpochs } = summary;
  if (control === undefined || status !== "done") return summary;
  const { steps, rates, events, taken } = control;
  const from = standsStillFrom(
    rates.map((learningRate, i) => ({ step: steps[i]!, learningRate })),
    events["not finite"] ?? 0,
  );
  if (from === undefined) return summary;
  const epochs = (evaluatedEpochs.at(-1) ?? 0) * (steps[from - 1] ?? 0) / taken;
  const evaluations = Math.max(
    1,
    evaluatedEpochs.filter((epoch) => epoch <= epochs).length,
  );
  const courses = (count: number) =>
    Object.fromEntries(
      Object.entries(summary.evaluation).map((
        [split, course],
      ) => [split, cut<Course>(course, count)]),
    );
  const begun = Math.floor(epochs) + 1;
  return {
    ...summary,
    status: "diverged",
    evaluatedEpochs: evaluatedEpochs.slice(0, evaluations),
    evaluation: courses(evaluations),
    epochMeans: cut(summary.epochMeans, begun),
    ...summary.measured ? { measured: cut(summary.measured, begun) } : {},
    control: {
      ...control,
      steps: steps.slice(0, from + 1),
      rates: rates.slice(0, from + 1),
      losses: control.losses.slice(0, from + 1),
      ...control.decreases
        ? { decreases: control.decreases.slice(0, from + 1) }
        : {},
      costs: control.costs.slice(0, evaluations),
    },
  };
}
