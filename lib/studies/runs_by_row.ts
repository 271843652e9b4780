/**
 * The runs that are there for each row.
 *
 * @module
 */
import { catalogue, rowId, type Scale } from "./catalogue.ts";
import type { RunPlan } from "./plan.ts";
import { type RunsByRow, studyItem } from "./report_input.ts";
import { alternativePlans } from "./row_plans.ts";
import { readShipped, shippedRuns } from "./shipped.ts";
import { shippedDirectory } from "./shipped_directory.ts";
import type { Run } from "./study.ts";

/** Finds the runs of plans. */
export type FindRuns = (
  paper: string,
  plans: readonly RunPlan[],
) => Promise<Run[] | undefined>;

/** The runs of every row that has all of them. */
export async function runsByRow(
  scale: Scale,
  find: FindRuns,
): Promise<RunsByRow> {
  const found = new Map<string, readonly Run[]>();
  for (const paper of catalogue) {
    for (const row of paper.rows) {
      const built = studyItem(paper.name, row.item)?.studyItem;
      for (const own of built ? alternativePlans(built, scale) : []) {
        const runs = await find(paper.name, own);
        if (!runs) continue;
        found.set(rowId(paper, row), runs);
        break;
      }
    }
  }
  return found;
}

/** The shipped runs of every row that has all of them. */
export function shippedByRow(scale: Scale): Promise<RunsByRow> {
  const files = new Map<string, ReturnType<typeof readShipped>>();
  return runsByRow(scale, async (paper, plans) => {
    const file = files.get(paper) ??
      readShipped(shippedDirectory, paper, scale);
    files.set(paper, file);
    const shipped = await file;
    return shipped
      ? shippedRuns(shipped, plans)
      : plans.length === 0
      ? []
      : undefined;
  });
}
