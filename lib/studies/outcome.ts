/**
 * What is kept of a trained network beside its records, in the run's folder: samples,
 * predictions, and what probes found.
 *
 * @module
 */
import type { RunResult } from "../training/train_together.ts";
import type { RunDirectory, RunStatus } from "../training/run_directory.ts";
import { makeSamples, type SampleOptions } from "./make_samples.ts";
import type { RunPlan } from "./plan.ts";
import { predict, readPredictions, writePredictions } from "./predictions.ts";
import { measureRun } from "./probes/measure_run.ts";
import { readProbed, writeProbed } from "./probes/probed_file.ts";
import { readSamples, writeSamples } from "./samples.ts";
import type { RunSummary } from "./summary.ts";

/** What is kept, where there is any. */
export type Outcome = Pick<RunSummary, "samples" | "predictions" | "probed">;

/** Where a run was written, and what it was trained on. */
export interface OutcomeOptions extends Omit<SampleOptions, "parameters"> {
  /** The run's folder. */
  folder: string;
  /** Ends measuring; what was trained can be measured later. */
  signal?: AbortSignal | undefined;
}

/** Keeps what a plan asks for of a run that training has just left. */
export async function keepOutcome(
  plan: RunPlan,
  result: RunResult,
  options: OutcomeOptions,
): Promise<void> {
  const { status, parameters } = result;
  const { objective, data, folder } = options;
  // A run that ended before has no parameters: what is kept of it is there.
  if (parameters.length === 0) return;
  const samples = makeSamples(plan, { ...options, parameters });
  if (samples) await writeSamples(folder, samples);
  if (plan.training.keepPredictions && status !== "stopped") {
    const test = data.evaluation.test!;
    await writePredictions(folder, await predict(objective, parameters, test));
  }
  if (
    isProbed(plan, status) && await readProbed(folder) === undefined
  ) {
    await writeProbed(folder, await measureRun(plan, result, options));
  }
}

/** Weights that diverged cannot be probed. */
function isProbed({ probes }: RunPlan, status: RunStatus): boolean {
  return probes !== undefined && status === "done";
}

/**
 * What was kept of a run that has ended; undefined where something is missing that
 * can still be made of the run's last checkpoint.
 *
 * @throws {Error} If something is missing, and the weights are gone.
 */
export async function readOutcome(
  plan: RunPlan,
  status: RunStatus,
  { path, checkpoints }: RunDirectory,
): Promise<Outcome | undefined> {
  const samples = await readSamples(path);
  const predictions = plan.training.keepPredictions
    ? await readPredictions(path)
    : undefined;
  const probed = isProbed(plan, status) ? await readProbed(path) : undefined;
  const missing = plan.training.keepPredictions && predictions === undefined
    ? "predictions.txt"
    : isProbed(plan, status) && probed === undefined
    ? "probed.json"
    : undefined;
  if (missing !== undefined) {
    if ((await checkpoints.steps()).length > 0) return undefined;
    throw new Error(
      `${path} has no ${missing} any more: delete the folder to run it again`,
    );
  }
  return {
    ...samples ? { samples } : {},
    ...predictions === undefined ? {} : { predictions },
    ...probed ? { probed } : {},
  };
}
