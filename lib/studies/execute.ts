/**
 * Trains what is planned: runs that share everything but seed and schedule side by
 * side, each data set opened once, what was done before left alone.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import {
  openDataset,
  type OpenDatasetOptions,
} from "../datasets/open_dataset.ts";
import type { Dataset } from "../datasets/dataset.ts";
import { parseController } from "../controllers/parse.ts";
import { parseGradientWeight } from "../gradient_weights/parse.ts";
import { parseOptimizer } from "../optimizers/parse.ts";
import { parseSchedule } from "../schedules/parse.ts";
import type { ResidentData } from "../training/resident_data.ts";
import { curvature } from "../training/curvature.ts";
import { lineProfile } from "../training/line_profile.ts";
import type { Telemetry } from "../training/telemetry.ts";
import { RunDirectory } from "../training/run_directory.ts";
import { trainTogether } from "../training/train.ts";
import { buildData, buildObjective } from "./build.ts";
import {
  distinct,
  runId,
  type RunPlan,
  stepsOf,
  type TrainingPlan,
  unitsOf,
} from "./plan.ts";
import { keepOutcome, readOutcome } from "./outcome.ts";
import { stepsToKeep } from "./probes/probe.ts";
import { endedWhereItStood } from "./stood_still.ts";
import type { Run } from "./study.ts";
import { type RunSummary, summarise } from "./summary.ts";

/** How plans are executed. */
export interface ExecuteOptions {
  /** Runs are written to folders in here. */
  directory: string;
  /** Where data sets are looked for. */
  datasets: OpenDatasetOptions;
  /** The most runs that are trained side by side. @default {8} */
  groupSize?: number;
  /** Ends training; what was done can be resumed. */
  signal?: AbortSignal;
  /** Told how far it is: steps done, of steps in all, weighted by `weight`. */
  onProgress?: (done: number, total: number, note: string) => void;
  /** Runs that need not be trained, by their ids. @default {none} */
  known?: ReadonlyMap<string, RunSummary>;
  /** How much a step of a run weighs in the progress. @default {1} */
  weight?: (plan: RunPlan) => number;
}

/** Says that training was interrupted and can be resumed. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** The folder of a run. */
export function runFolder(directory: string, plan: RunPlan): string {
  return join(directory, runId(plan));
}

/** Runs that are trained side by side, in an order that does not depend on what is done. */
function groupsOf(plans: readonly RunPlan[], size: number): RunPlan[][] {
  const byTraining = Map.groupBy(
    plans,
    ({ training, gradientWeight, controller }) =>
      JSON.stringify([
        training,
        gradientWeight !== undefined,
        // Lines in doubles take several times as long: a run's seconds are its group's.
        controller && (controller.precision ?? "float32"),
      ]),
  );
  return [...byTraining.values()].flatMap((runs) =>
    Array.from(
      { length: Math.ceil(runs.length / size) },
      (_, i) => runs.slice(i * size, (i + 1) * size),
    )
  );
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

/** What is measured beside a training. */
function telemetryOf(
  { curvatureEvery, profile }: TrainingPlan,
): Telemetry | undefined {
  if (profile !== undefined) return lineProfile(profile);
  return curvatureEvery !== undefined && tf.getBackend() === "tensorflow"
    ? curvature({ every: curvatureEvery })
    : undefined;
}

/**
 * Trains plans that are not done yet.
 *
 * @returns All runs, in the order of the plans.
 * @throws {InterruptedError} If the signal ended it.
 * @throws {DatasetError} If a data set cannot be had.
 */
export async function executePlans(
  plans: readonly RunPlan[],
  options: ExecuteOptions,
): Promise<Run[]> {
  const { directory, groupSize = 8, signal, onProgress, weight = () => 1 } =
    options;
  const datasets = new Map<string, Promise<Dataset>>();
  const known = options.known ?? new Map<string, RunSummary>();
  const groups = groupsOf(
    distinct(plans).filter((plan) => !known.has(runId(plan))),
    groupSize,
  );
  const weightOf = (group: readonly RunPlan[]) =>
    group.reduce((sum, plan) => sum + weight(plan) * stepsOf(plan.training), 0);
  const total = groups.reduce((sum, group) => sum + weightOf(group), 0);
  let done = 0;
  let resident: { key: string; data: ResidentData } | undefined;

  function open(name: string): Promise<Dataset> {
    const opened = datasets.get(name) ?? openDataset(name, options.datasets);
    datasets.set(name, opened);
    return opened;
  }

  async function dataOf(
    { training: { data } }: RunPlan,
  ): Promise<{ dataset: Dataset; data: ResidentData }> {
    const dataset = await open(data.dataset);
    const key = JSON.stringify(data);
    if (resident?.key !== key) {
      resident?.data.dispose();
      resident = { key, data: buildData(data, dataset) };
    }
    return { dataset, data: resident.data };
  }

  async function trainGroup(group: readonly RunPlan[]): Promise<void> {
    const first = group[0]!;
    const { dataset, data } = await dataOf(first);
    const { optimizer, batchSize, epochs, augment, recordEvery } =
      first.training;
    const { evaluateEvery, updatesPerBatch, lineOn, freshMasks } =
      first.training;
    const telemetry = telemetryOf(first.training);
    const units = unitsOf(first.training);
    const objective = buildObjective(first.training, dataset);
    const training = trainTogether(
      {
        objective,
        data,
        optimizer: parseOptimizer(optimizer, "optimizer", units),
        batchSize,
        epochs,
        augment,
        recordEvery,
        ...evaluateEvery === undefined ? {} : { evaluateEvery },
        ...updatesPerBatch === undefined ? {} : { updatesPerBatch },
        ...lineOn === undefined ? {} : { lineOn },
        ...freshMasks === undefined ? {} : { freshMasks },
        ...telemetry ? { telemetry } : {},
      },
      group.map((plan) => ({
        seed: plan.seed,
        learningRate: parseSchedule(plan.learningRate, "learningRate", units),
        ...plan.gradientWeight === undefined ? {} : {
          gradientWeight: parseGradientWeight(
            plan.gradientWeight,
            "gradientWeight",
            units,
          ),
        },
        ...plan.controller === undefined ? {} : {
          controller: parseController(plan.controller, "controller"),
        },
        directory: runFolder(directory, plan),
        ...plan.probes === undefined ? {} : {
          keepWeightsAt: stepsToKeep(plan.probes, stepsOf(plan.training)),
        },
      })),
      signal ? { signal } : {},
    );
    const steps = stepsOf(first.training);
    const share = weightOf(group);
    for (;;) {
      const next = await training.next();
      if (next.done) {
        const own = { objective, dataset, data, signal };
        const { kind } = first.training.model;
        try {
          for (const [i, result] of next.value.entries()) {
            const plan = group[i]!;
            if (plan.probes) {
              onProgress?.(done + share, total, `${kind}: probes`);
            }
            const folder = runFolder(directory, plan);
            await keepOutcome(plan, result, { ...own, folder });
          }
        } catch (error) {
          if (!signal?.aborted) throw error;
        } finally {
          next.value.forEach(({ parameters }) => tf.dispose(parameters));
        }
        if (
          signal?.aborted ||
          next.value.some(({ status }) => status === "stopped")
        ) {
          throw new InterruptedError("Interrupted: add --resume to go on");
        }
        break;
      }
      const { step } = next.value.record;
      onProgress?.(
        done + share * step / steps,
        total,
        first.training.model.kind,
      );
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

  const isDone = await Promise.all(
    groups.map(async (group) =>
      (await Promise.all(group.map((plan) => readRun(directory, plan))))
        .every((run) => run !== undefined)
    ),
  );
  // Data that cannot be had are told of now, not after hours of training.
  for (const [i, group] of groups.entries()) {
    if (!isDone[i]) await open(group[0]!.training.data.dataset);
  }
  try {
    for (const [i, group] of groups.entries()) {
      if (!isDone[i]) await trainGroup(group);
      done += weightOf(group);
      onProgress?.(done, total, "");
    }
  } finally {
    resident?.data.dispose();
  }
  const byId = new Map<string, RunSummary>(
    [...known].map(([id, summary]) => [id, endedWhereItStood(summary)]),
  );
  for (
    const run of await Promise.all(
      groups.flat().map((plan) => readRun(directory, plan)),
    )
  ) {
    byId.set(run!.id, run!);
  }
  // A run that several figures share carries the arm of the figure that asks.
  return plans.map((plan) => ({ ...byId.get(runId(plan))!, plan }));
}
