/**
 * LOSSGRAD: verdicts where data may be missing that cannot be fetched.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { onStandIn } from "../stand_in.ts";
import type { Run } from "../study.ts";
import { obstacle } from "../validity.ts";
import { type Judge, judgedAt } from "../verdict.ts";

/**
 * Judges runs on the paper's data alone; of others the finding keeps what was measured,
 * and says what stood in for what.
 *
 * @param judge What judges.
 * @param dataset How the names of the paper's data begin, such as `imdb`.
 * @param standIn What stands in for what.
 * @param obstacleOf Why runs on the paper's data do not count. @default {too small, too
 * few, or too weak}
 */
export function onRealData(
  judge: Judge,
  dataset: string,
  standIn: string,
  obstacleOf: (runs: readonly Run[], scale: Scale) => string | undefined =
    obstacle,
): Judge {
  const instead = onStandIn(judge, standIn);
  const isReal = (runs: readonly Run[]) =>
    runs[0]!.plan.training.data.dataset.startsWith(dataset);
  return judgedAt(
    (runs, scale) => (isReal(runs) ? judge : instead)(runs, scale),
    (runs, scale) =>
      scale === "smoke" || isReal(runs) ? obstacleOf(runs, scale) : undefined,
  );
}
