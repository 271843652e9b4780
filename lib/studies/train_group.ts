/**
 * Trains runs that share everything but seed and schedule side by side.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import { parseController } from "../controllers/parse.ts";
import type { Dataset } from "../datasets/dataset.ts";
import type { StreamedDataset } from "../datasets/streamed/stream_images.ts";
import { parseGradientWeight } from "../gradient_weights/parse.ts";
import { parseOptimizer } from "../optimizers/parse.ts";
import { parseSchedule } from "../schedules/parse.ts";
import { curvature } from "../training/curvature.ts";
import { lineProfile } from "../training/line_profile.ts";
import type { Telemetry } from "../training/telemetry.ts";
import { trainTogether } from "../training/train.ts";
import {
  isStreamed,
  onDevice,
  type TrainingData,
} from "../training/training_data.ts";
import { buildObjective } from "./build.ts";
import { keepOutcome } from "./outcome.ts";
import { type RunPlan, stepsOf, type TrainingPlan, unitsOf } from "./plan.ts";
import { stepsToKeep } from "./probes/probe.ts";
import { runFolder } from "./read_run.ts";

/** Says that training was interrupted and can be resumed. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** What is measured beside a training. */
function telemetryOf(
  { curvatureEvery, profile }: TrainingPlan,
): Telemetry | undefined {
  if (profile !== undefined) return lineProfile(profile);
  return curvatureEvery !== undefined && tf.getBackend() === "tensorflow"
    ? curvature({ every: curvatureEvery })
    : undefined;
}

/** The training of a group, before its runs differ. */
function sharedOptions({ training }: RunPlan, data: TrainingData) {
  const { optimizer, batchSize, epochs, augment, recordEvery } = training;
  const { evaluateEvery, updatesPerBatch, lineOn, freshMasks } = training;
  const telemetry = telemetryOf(training);
  return {
    optimizer: parseOptimizer(optimizer, "optimizer", unitsOf(training)),
    data,
    batchSize,
    epochs,
    // What is read when it is needed is cut out at random by who reads it.
    augment: augment && !isStreamed(data.train),
    recordEvery,
    ...evaluateEvery === undefined ? {} : { evaluateEvery },
    ...updatesPerBatch === undefined ? {} : { updatesPerBatch },
    ...lineOn === undefined ? {} : { lineOn },
    ...freshMasks === undefined ? {} : { freshMasks },
    ...telemetry ? { telemetry } : {},
  };
}

/** What is a run's own. */
function ownOptions(plan: RunPlan, directory: string) {
  const { seed, learningRate, gradientWeight, controller, probes } = plan;
  const units = unitsOf(plan.training);
  return {
    seed,
    learningRate: parseSchedule(learningRate, "learningRate", units),
    ...gradientWeight === undefined ? {} : {
      gradientWeight: parseGradientWeight(
        gradientWeight,
        "gradientWeight",
        units,
      ),
    },
    ...controller === undefined
      ? {}
      : { controller: parseController(controller, "controller") },
    directory: runFolder(directory, plan),
    ...probes === undefined
      ? {}
      : { keepWeightsAt: stepsToKeep(probes, stepsOf(plan.training)) },
  };
}

/** Whether something is measured or kept once the run is trained. */
function needsOutcome({ probes, training }: RunPlan): boolean {
  return probes !== undefined || training.keepPredictions === true;
}

/** What a group is trained on. */
export interface GroupData {
  /** What the data are made of. */
  dataset: Dataset | StreamedDataset;
  /** On the device, or read when needed; the caller disposes them. */
  data: TrainingData;
}

/** What {@linkcode trainGroup} needs beside the runs. */
export interface TrainGroupOptions extends GroupData {
  /** Runs are written to folders in here. */
  directory: string;
  /** Ends training. */
  signal?: AbortSignal | undefined;
  /** Told the share of the steps that are done. */
  onStep(share: number, note: string): void;
}

/**
 * Trains runs that differ in seed and schedule alone, and measures them where planned.
 *
 * @throws {InterruptedError} If the signal ended it.
 */
export async function trainGroup(
  group: readonly RunPlan[],
  { dataset, data, directory, signal, onStep }: TrainGroupOptions,
): Promise<void> {
  const first = group[0]!;
  const { kind } = first.training.model;
  const steps = stepsOf(first.training);
  const objective = buildObjective(first.training, dataset);
  if (group.some(needsOutcome)) onDevice(data, "what is kept of a run");
  // Nothing is kept of what was trained on data that are not in memory.
  const own = "dispose" in dataset
    ? undefined
    : { objective, dataset, data: onDevice(data, "a data set"), signal };
  const training = trainTogether(
    { objective, ...sharedOptions(first, data) },
    group.map((plan) => ownOptions(plan, directory)),
    signal ? { signal } : {},
  );
  let next = await training.next();
  for (; !next.done; next = await training.next()) {
    onStep(next.value.record.step / steps, kind);
  }
  try {
    for (const [i, result] of next.value.entries()) {
      const plan = group[i]!;
      if (plan.probes) onStep(1, `${kind}: probes`);
      const folder = runFolder(directory, plan);
      if (own) await keepOutcome(plan, result, { ...own, folder });
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    next.value.forEach(({ parameters }) => tf.dispose(parameters));
  }
  if (
    signal?.aborted || next.value.some(({ status }) => status === "stopped")
  ) {
    throw new InterruptedError("Interrupted: add --resume to go on");
  }
  for (const plan of group) {
    // What was trained is not needed again: records are.
    for (const weights of ["checkpoints", "weights"]) {
      await Deno.remove(join(runFolder(directory, plan), weights), {
        recursive: true,
      }).catch(() => {});
    }
  }
}
