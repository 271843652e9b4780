/**
 * Follows training by a display, and keeps its records.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { StoredTensor } from "../files/safetensors.ts";
import type { Figure } from "../figures/figure.ts";
import { interruptSignal, stopRequested } from "../kernel/interrupt.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { recordedRun } from "../training/load_run.ts";
import type {
  RunOptions,
  Training,
  TrainingOptions,
} from "../training/options.ts";
import { checkRuns } from "../training/check_runs.ts";
import { withDefaults } from "../training/with_defaults.ts";
import type { RecordedRun } from "../training/recorded_run.ts";
import type { RunRecord } from "../training/records.ts";
import { RunDirectory } from "../training/run_directory.ts";
import { settingsOf } from "../training/settings.ts";
import { type RunResult, trainTogether } from "../training/train_together.ts";
import { compareRuns } from "./compare_runs.ts";
import { displayedAs } from "../figures/displayed.ts";
import { jupyter } from "./jupyter.ts";
import {
  type LiveDisplay,
  notebookDisplay,
  terminalDisplay,
} from "./live_display.ts";
import { runFigure } from "./run_figure.ts";
import { liveText, type ShownRun } from "./run_text.ts";

/** How training that is watched is ended, and where it is shown. */
export interface WatchControl {
  /** Ends training, leaving the run resumable; the notebook's Stop does so too. */
  signal?: AbortSignal;
  /** Where it is shown, or `"none"`. @default {the notebook, else the terminal} */
  display?: LiveDisplay | "none";
}

/** A run that is followed. */
interface Followed extends ShownRun {
  readonly settings: Record<string, unknown>;
  readonly records: RunRecord[];
  /** Whether its records are those of its folder, from before it was resumed. */
  isFromFolder: boolean;
}

/** The most points of a line on the way. */
const POINTS = 300;

/**
 * Trains runs side by side, and shows them meanwhile.
 *
 * @returns The runs; the list shows itself, too.
 */
export async function follow(
  options: TrainingOptions,
  runs: readonly RunOptions[],
  control: WatchControl,
): Promise<RecordedRun[]> {
  const training = withDefaults(options);
  checkRuns(runs);
  const followed = await Promise.all(runs.map((run) => begin(training, run)));
  const { data, epochs, batchSize } = training;
  const steps = epochs * Math.floor(data.train.count / batchSize);
  const stop = new AbortController();
  const signals = [stop.signal, interruptSignal(), control.signal]
    .filter((signal) => signal !== undefined);
  const notebook = jupyter();
  const live = control.display === "none" ? undefined : control.display ??
    (notebook ? notebookDisplay(notebook) : terminalDisplay());
  const update = async () =>
    await live?.update(
      followed.reduce((sum, run) => sum + lastStep(run), 0),
      steps * runs.length,
      (progress) => draw(followed, liveText(followed, progress)),
    );
  try {
    await update();
    const group = trainTogether(options, runs, {
      signal: AbortSignal.any(signals),
    });
    for (;;) {
      const next = await group.next();
      if (next.done) {
        const ended = keep(training, runs, followed, next.value);
        await live?.finish(draw(ended));
        return ended;
      }
      add(followed[next.value.run]!, next.value.record);
      // A signal fires only when something is waited for; this is sooner.
      if (stopRequested()) stop.abort();
      await update();
    }
  } finally {
    live?.close();
  }
}

/** A run before it goes on, with the records of its folder. */
async function begin(training: Training, run: RunOptions): Promise<Followed> {
  const directory = run.directory === undefined
    ? undefined
    : new RunDirectory(run.directory);
  const isFromFolder = await directory?.read() !== undefined;
  return {
    settings: settingsOf(training, run),
    status: "running",
    records: isFromFolder ? await directory!.readRecords() : [],
    isFromFolder,
  };
}

/** Adds a record; where the run was resumed, those from there on are made anew. */
function add(run: Followed, record: RunRecord): void {
  if (run.isFromFolder) {
    const kept = run.records.findIndex(({ step }) => step >= record.step);
    if (kept >= 0) run.records.length = kept;
    run.isFromFolder = false;
  }
  run.records.push(record);
}

function lastStep({ records }: ShownRun): number {
  return records.at(-1)?.step ?? 0;
}

/** The figure of one run, or of several. */
function draw(runs: readonly ShownRun[], title?: string): Figure {
  const live = title === undefined ? {} : { title, points: POINTS };
  return runs.length === 1
    ? runFigure(runs[0]!, live)
    : compareRuns(runs, title === undefined ? {} : { title });
}

/** The runs as they ended; frees their tensors. */
function keep(
  { objective }: Training,
  runs: readonly RunOptions[],
  followed: readonly Followed[],
  results: readonly RunResult[],
): RecordedRun[] {
  const ended = results.map(({ status, steps, cost, parameters }, i) => {
    const { directory } = runs[i]!;
    const stored = parameters.map((tensor, j) =>
      [objective.parameters[j]!.name, storedTensor(tensor)] as const
    );
    tf.dispose(parameters);
    const { settings, records } = followed[i]!;
    return recordedRun({
      settings,
      status,
      steps,
      forwardPasses: cost,
      records,
      parameters: Object.fromEntries(stored),
      ...directory === undefined ? {} : { directory },
    });
  });
  return displayedAs(ended, () => draw(ended));
}

function storedTensor(tensor: Tensor): StoredTensor {
  return {
    shape: tensor.shape,
    values: tensor.dataSync().slice() as Float32Array,
  };
}
