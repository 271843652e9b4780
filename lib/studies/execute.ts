/**
 * Trains what is planned: runs that share everything but seed and schedule side by
 * side, each data set opened once, what was done before left alone.
 *
 * @module
 */
import {
  openDataset,
  type OpenDatasetOptions,
} from "../datasets/open_dataset.ts";
import type { Dataset } from "../datasets/dataset.ts";
import { isStreamedEntry } from "../datasets/dataset_entry.ts";
import { findEntry } from "../datasets/registry.ts";
import { openStreamed } from "../datasets/streamed/open_streamed.ts";
import type { StreamedDataset } from "../datasets/streamed/stream_images.ts";
import type { ResidentData } from "../training/resident_data.ts";
import { buildData, buildStreamedData } from "./build.ts";
import { distinct, runId, type RunPlan, stepsOf } from "./plan.ts";
import { readRun } from "./read_run.ts";
import { endedWhereItStood } from "./stood_still.ts";
import type { Run } from "./study.ts";
import type { RunSummary } from "./summary.ts";
import { type GroupData, trainGroup } from "./train_group.ts";

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
  return [...byTraining.values()].flatMap((runs) => {
    // Large images fill the device with one run's activations.
    const most = isStreamed(runs[0]!) ? 1 : size;
    return Array.from(
      { length: Math.ceil(runs.length / most) },
      (_, i) => runs.slice(i * most, (i + 1) * most),
    );
  });
}

/** A data set, in memory or read when needed. */
type OpenData = Dataset | StreamedDataset;

function isStreamed({ training: { data } }: RunPlan): boolean {
  return isStreamedEntry(findEntry(data.dataset));
}

async function openData(
  name: string,
  options: OpenDatasetOptions,
): Promise<OpenData> {
  return isStreamedEntry(findEntry(name))
    ? await openStreamed(name, options)
    : await openDataset(name, options);
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
  const datasets = new Map<string, Promise<OpenData>>();
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

  function open(name: string): Promise<OpenData> {
    const opened = datasets.get(name) ?? openData(name, options.datasets);
    datasets.set(name, opened);
    return opened;
  }

  async function dataOf({ training }: RunPlan): Promise<GroupData> {
    const { data } = training;
    const dataset = await open(data.dataset);
    if ("dispose" in dataset) {
      return { dataset, data: buildStreamedData(training, dataset) };
    }
    const key = JSON.stringify(data);
    if (resident?.key !== key) {
      resident?.data.dispose();
      resident = { key, data: buildData(data, dataset) };
    }
    return { dataset, data: resident.data };
  }

  const isDone = await Promise.all(
    groups.map(async (group) =>
      (await Promise.all(group.map((plan) => readRun(directory, plan))))
        .every((run) => run !== undefined)
    ),
  );
  try {
    // Data that cannot be had are told of now, not after hours of training.
    for (const [i, group] of groups.entries()) {
      if (!isDone[i]) await open(group[0]!.training.data.dataset);
    }
    for (const [i, group] of groups.entries()) {
      if (!isDone[i]) {
        const share = weightOf(group);
        await trainGroup(group, {
          ...await dataOf(group[0]!),
          directory,
          signal,
          onStep: (part, note) =>
            onProgress?.(done + share * part, total, note),
        });
      }
      done += weightOf(group);
      onProgress?.(done, total, "");
    }
  } finally {
    resident?.data.dispose();
    for (const opened of datasets.values()) {
      const dataset = await opened.catch(() => undefined);
      if (dataset && "dispose" in dataset) dataset.dispose();
    }
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
