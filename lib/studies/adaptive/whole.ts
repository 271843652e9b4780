/**
 * Adaptive rates: verdicts on rows whose data are the paper's own in full, however few
 * they are.
 *
 * @module
 */
import { LEAST } from "../validity.ts";
import type { Judge } from "../verdict.ts";

/**
 * Judges runs on the paper's own data: what counts is the number of seeds, not that of
 * the examples. Elsewhere the finding keeps its value and is "not judged".
 */
export function judgedWhole(judge: Judge): Judge {
  return (runs, scale) => {
    const seeds = new Set(runs.map((run) => run.plan.seed)).size;
    const reason = scale === "smoke"
      ? "scale: smoke runs test the machinery, not the claim"
      : seeds < LEAST.seeds
      ? `scale: ${seeds} seeds, at least ${LEAST.seeds} count`
      : undefined;
    if (seeds < 2) {
      return {
        measured: { value: null, interval: null },
        verdict: "not judged",
        reason: reason!,
        notes: [],
      };
    }
    const finding = judge(runs, scale);
    if (reason === undefined) return finding;
    const { p: _, ...rest } = finding;
    return { ...rest, verdict: "not judged", reason };
  };
}
