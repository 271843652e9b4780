/**
 * Shipped results: compact records of runs that were made, kept in the repository.
 *
 * @module
 */
import { join } from "node:path";
import { writeWhole } from "../files/write_whole.ts";
import type { Scale } from "./catalogue.ts";
import { runId, type RunPlan } from "./plan.ts";
import { endedWhereItStood } from "./stood_still.ts";
import type { Run } from "./study.ts";
import type { RunSummary } from "./summary.ts";

/** The runs of one paper at one scale. */
export interface ShippedRuns {
  /** What they were made with. */
  versions: Record<string, string>;
  /** One summary a run. */
  runs: RunSummary[];
}

function path(directory: string, paper: string, scale: Scale): string {
  return join(directory, paper, `${scale}.json`);
}

/** Reads a paper's shipped runs; undefined where there are none. */
export async function readShipped(
  directory: string,
  paper: string,
  scale: Scale,
): Promise<ShippedRuns | undefined> {
  const file = path(directory, paper, scale);
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(
      `${file} is not JSON: it is damaged, or half-written`,
    );
  }
}

/** Writes a paper's runs to ship, one a line. */
export async function writeShipped(
  directory: string,
  paper: string,
  scale: Scale,
  { versions, runs }: ShippedRuns,
): Promise<string> {
  await Deno.mkdir(join(directory, paper), { recursive: true });
  const lines = runs.map((run) => JSON.stringify(run));
  const text = `{"versions":${JSON.stringify(versions)},"runs":[\n${
    lines.join(",\n")
  }\n]}\n`;
  const file = path(directory, paper, scale);
  await writeWhole(file, text);
  return file;
}

/**
 * The shipped runs of plans; undefined unless all are there. Runs are found by the
 * id of their plan: after a change of settings they are not found. Runs that stood
 * still when they ended have diverged (`endedWhereItStood`), whatever was written.
 */
export function shippedRuns(
  shipped: ShippedRuns,
  plans: readonly RunPlan[],
): Run[] | undefined {
  const byId = new Map(shipped.runs.map((run) => [run.id, run]));
  const runs = plans.map((plan) => {
    const summary = byId.get(runId(plan));
    return summary && { ...endedWhereItStood(summary), plan };
  });
  return runs.every((run) => run !== undefined) ? runs : undefined;
}
