/**
 * Runs of studies in their folders.
 *
 * @module
 */
import { join } from "node:path";
import { RunDirectory } from "../training/run_directory.ts";
import { readOutcome } from "./outcome.ts";
import { runId, type RunPlan } from "./plan.ts";
import type { Run } from "./study.ts";
import { summarise } from "./summary.ts";

/** The folder of a run. */
export function runFolder(directory: string, plan: RunPlan): string {
  return join(directory, runId(plan));
}

/**
 * The summary of a run that is done; undefined if it is not.
 *
 * @throws {Error} If something was to be kept of it, and is gone.
 */
export async function readRun(
  directory: string,
  plan: RunPlan,
): Promise<Run | undefined> {
  const folder = new RunDirectory(runFolder(directory, plan));
  const description = await folder.read();
  if (description === undefined) return undefined;
  const { status, cost } = description;
  if (status !== "done" && status !== "diverged") return undefined;
  const records = await folder.readRecords();
  const outcome = await readOutcome(plan, status, folder);
  if (outcome === undefined) return undefined;
  return {
    ...summarise(runId(plan), status, records, cost.seconds),
    ...outcome,
    plan,
  };
}
