/**
 * Measures a run that has just ended.
 *
 * @module
 */
import { keptWeights } from "../../training/kept_weights.ts";
import { initialValues } from "../../training/objective.ts";
import type { RunResult } from "../../training/train_together.ts";
import { type RunPlan, stepsOf } from "../plan.ts";
import { type Probed, probeRun } from "./probe.ts";
import type { TrainedRun } from "./trained_run.ts";

/** A run's folder, and what was trained on what. */
export interface MeasureOptions extends Pick<TrainedRun, "objective" | "data"> {
  /** The run's folder, with the weights that it kept. */
  readonly folder: string;
  /** Ends it; what was found is then lost. */
  readonly signal?: AbortSignal | undefined;
}

/** What the probes of a plan find of a run that is done. */
export function measureRun(
  { probes = [], seed, training }: RunPlan,
  { parameters }: RunResult,
  { objective, data, folder, signal }: MeasureOptions,
): Promise<Probed> {
  const steps = stepsOf(training);
  const final = parameters.map((p) => p.dataSync() as Float32Array);
  return probeRun(probes, {
    objective,
    data,
    seed,
    steps,
    weightsAt: async (step) =>
      step === 0
        ? initialValues(objective, seed)
        : step === steps
        ? final
        : await keptWeights(folder, objective, step),
  }, signal);
}
