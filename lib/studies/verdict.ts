/**
 * Verdicts with their preconditions.
 *
 * @module
 */
import type { Scale } from "./catalogue.ts";
import type { Finding, Run } from "./study.ts";
import { obstacle, type ObstacleOf } from "./validity.ts";

/** A finding of runs. */
export type Judge = (runs: readonly Run[], scale: Scale) => Finding;

/**
 * Judges only what counts: where runs are too small, too few or too weak, the
 * finding keeps its measured value, and its verdict is "not judged" with the reason.
 *
 * @param judge What judges the rest.
 * @param obstacleOf Why runs do not count. @default {too small, too few, or too weak}
 * @param asWhat How runs that diverged are counted. @default {"count as untrained"}
 */
export function judgedAt(
  judge: Judge,
  obstacleOf: ObstacleOf = obstacle,
  asWhat = "count as untrained",
): Judge {
  return (runs, scale) => {
    const reason = obstacleOf(runs, scale);
    if (new Set(runs.map((run) => run.plan.seed)).size < 2) {
      return {
        measured: { value: null, interval: null },
        verdict: "not judged",
        reason: reason ?? "scale: an interval needs at least two seeds",
        notes: [],
      };
    }
    const found = judge(runs, scale);
    const finding = {
      ...found,
      notes: [...found.notes, ...diverged(runs, asWhat)],
    };
    if (reason === undefined) return finding;
    const { p: _, ...rest } = finding;
    return { ...rest, verdict: "not judged", reason };
  };
}

/** Says which runs diverged, if any. */
function diverged(runs: readonly Run[], asWhat: string): string[] {
  const bad = runs.filter(({ status }) => status === "diverged");
  if (bad.length === 0) return [];
  const arms = [...new Set(bad.map(({ plan }) => plan.arm))].join("; ");
  return [
    `${bad.length} of ${runs.length} runs diverged and ${asWhat}: ${arms}`,
  ];
}
