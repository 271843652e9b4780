/**
 * Findings on data that stand in for a paper's.
 *
 * @module
 */
import type { Judge } from "./verdict.ts";

/**
 * Judges nothing: the finding keeps its measured value, its verdict is "not judged",
 * and what the value is becomes a note.
 *
 * @param judge What measures.
 * @param data What stands in for what, such as `"CIFAR-10 for ImageNet"`.
 */
export function onStandIn(judge: Judge, data: string): Judge {
  return (runs, scale) => {
    const { p: _, ...found } = judge(runs, scale);
    if (found.verdict === "not judged") return found;
    return {
      ...found,
      verdict: "not judged",
      reason: `stand-in data: ${data}`,
      notes: [`Measured: ${found.reason}.`, ...found.notes],
    };
  };
}
