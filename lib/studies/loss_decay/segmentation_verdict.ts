/**
 * Loss decay, segmentation: what must hold before a verdict is given.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { onStandIn } from "../stand_in.ts";
import type { Finding, Run } from "../study.ts";
import { LEAST } from "../validity.ts";
import { type Judge, judgedAt } from "../verdict.ts";
import { datasetOf } from "./measured.ts";

/** Why runs on any data do not count; undefined where they do. */
function obstacle(runs: readonly Run[], scale: Scale): string | undefined {
  if (scale === "smoke") {
    return "scale: smoke runs test the machinery, not the claim";
  }
  const { epochs } = runs[0]!.plan.training;
  const seeds = new Set(runs.map((run) => run.plan.seed)).size;
  if (epochs < LEAST.epochs || seeds < LEAST.seeds) {
    return `scale: ${epochs} epochs and ${seeds} seeds, at least ${LEAST.epochs} and ${LEAST.seeds} count`;
  }
}

/**
 * Judges runs on Pascal VOC alone; of others the finding keeps what was measured.
 * There is no linear model to beat here, and no least number of examples: Pascal VOC
 * has 1,464.
 */
export function segmentationVerdict(
  judge: (runs: readonly Run[]) => Finding,
): Judge {
  const data = "generated scenes for Pascal VOC, whose folder is not there";
  const onScenes = onStandIn(judge, data);
  return judgedAt(
    (runs, scale) =>
      obstacle(runs, scale) === undefined && datasetOf(runs) === "drawn-scenes"
        ? onScenes(runs, scale)
        : judge(runs),
    obstacle,
  );
}
