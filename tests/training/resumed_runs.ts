/** Trainings that tests interrupt, and what they left in their folders. */
import { strictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs";
import {
  type RunResult,
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import { listFiles } from "../support/list_files.ts";
import { newestTensors } from "./newest_tensors.ts";
import {
  finish,
  smallData,
  smallRun,
  smallTraining,
} from "./small_training.ts";

/** Does something with a training, and asserts that no tensor is left. */
export async function withTraining(
  work: (training: TrainingOptions) => Promise<void>,
): Promise<void> {
  const before = tf.memory().numTensors;
  const data = smallData();
  try {
    await work(smallTraining(data));
  } finally {
    data.dispose();
  }
  strictEqual(tf.memory().numTensors, before, "tensors left behind");
}

export function disposeResults(results: readonly RunResult[]): void {
  for (const { parameters } of results) tf.dispose(parameters);
}

/** Trains seeds in folders, until `interrupt` says so of a record. */
export async function run(
  training: TrainingOptions,
  folders: Record<number, string>,
  interrupt: (run: number, step: number) => boolean = () => false,
): Promise<string[]> {
  const controller = new AbortController();
  const { results } = await finish(
    trainTogether(
      training,
      Object.entries(folders).map(([seed, folder]) =>
        smallRun(Number(seed), folder)
      ),
      { signal: controller.signal },
    ),
    ({ run, record }) => {
      if (interrupt(run, record.step)) controller.abort();
    },
  );
  disposeResults(results);
  return results.map(({ status }) => status);
}

/** What a finished run leaves: records, and the last checkpoint's tensors. */
export async function outcome(folder: string) {
  return {
    records: await Deno.readTextFile(`${folder}/records.jsonl`),
    times:
      (await Deno.readTextFile(`${folder}/times.jsonl`)).split("\n").length,
    tensors: await newestTensors(folder),
  };
}

/** All files under a folder, with their bytes. */
export async function snapshot(
  folder: string,
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const path of await listFiles(folder)) {
    files[path] = await Deno.readFile(`${folder}/${path}`);
  }
  return files;
}

export async function description(folder: string) {
  return JSON.parse(await Deno.readTextFile(`${folder}/run.json`));
}
