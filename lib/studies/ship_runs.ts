/**
 * Adds runs that were made to those that are shipped.
 *
 * @module
 */
import { join } from "node:path";
import type { Paper, Scale } from "./catalogue.ts";
import { readRun } from "./read_run.ts";
import { runId } from "./plan.ts";
import { paperPlans } from "./row_plans.ts";
import { readShipped, writeShipped } from "./shipped.ts";

/** What was shipped of a paper. */
export interface ShippedCount {
  /** The file. */
  file: string;
  /** The runs in it. */
  runs: number;
}

/**
 * Adds a paper's finished runs to those that are shipped of it, on real data and on
 * stand-ins alike; shipped runs whose plan is no more are left out.
 *
 * @param runs The folder of the runs.
 * @param results The folder of shipped results.
 * @param versions What the runs were made with, from the `run.json` of one of them.
 * @returns Undefined where no run of the paper is done.
 */
export async function shipRuns(
  paper: Paper,
  scale: Scale,
  { runs, results, versions }: {
    runs: string;
    results: string;
    versions: (environment: Record<string, unknown>) => Record<string, string>;
  },
): Promise<ShippedCount | undefined> {
  const plans = paperPlans(paper, scale);
  const made = (await Promise.all(plans.map((plan) => readRun(runs, plan))))
    .filter((run) => run !== undefined);
  if (made.length === 0) return undefined;
  const before = await readShipped(results, paper.name, scale);
  const byId = new Map(before?.runs.map((run) => [run.id, run]));
  for (const { plan: _, ...summary } of made) byId.set(summary.id, summary);
  const kept = plans.map((plan) => byId.get(runId(plan))).filter((run) =>
    run !== undefined
  );
  const { environment } = JSON.parse(
    await Deno.readTextFile(join(runs, made[0]!.id, "run.json")),
  );
  const file = await writeShipped(results, paper.name, scale, {
    versions: versions(environment),
    runs: kept,
  });
  return { file, runs: kept.length };
}
