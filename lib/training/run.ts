/**
 * A run in the making.
 *
 * @module
 */
import type { Schedule } from "../schedules/schedule.ts";
import {
  type ControllerMemory,
  newMemory,
  writeMemory,
} from "./controller_memory.ts";
import { drawer } from "./draw.ts";
import { storeState } from "./group.ts";
import type { RunOptions, Training } from "./options.ts";
import { RunDirectory, type RunStatus } from "./run_directory.ts";
import { environmentOf, settingsOf } from "./settings.ts";
import type { RunState } from "./step.ts";

/** A run, as far as it has come. */
export interface Run {
  /** What is its own. */
  readonly options: RunOptions;
  /** Where it is written, if anywhere. */
  readonly directory: RunDirectory | undefined;
  /** What a step draws at random. */
  readonly draw: (step: number) => Int32Array<ArrayBuffer>;
  /** What its line draws from the validation split, where it is evaluated there. */
  readonly drawForLine: Run["draw"] | undefined;
  /** The optimizer's options that schedules decide. */
  readonly schedules: Readonly<Record<string, Schedule>>;
  /** What its controller remembers, where it has one. */
  memory?: ControllerMemory;
  /** Mean loss over the validation split, until the next step. */
  epochMetric?: number;
  /** How far it has come. */
  status: RunStatus;
  /** Steps done. */
  step: number;
  /** Parameters and slots. */
  state: RunState;
  /** Forward-pass equivalents spent. */
  cost: number;
  /** Seconds spent: its share of those of the runs side by side. */
  seconds: number;
}

/** A run that has not begun and has no tensors yet. */
export function newRun(training: Training, options: RunOptions): Run {
  const { directory, seed } = options;
  const { data, lineOn } = training;
  const drawFrom = (count: number, updatesPerBatch: number) =>
    drawer({ ...training, updatesPerBatch, seed, count }).at;
  return {
    options,
    directory: directory === undefined
      ? undefined
      : new RunDirectory(directory),
    draw: drawFrom(data.train.count, training.updatesPerBatch),
    drawForLine: lineOn === "validation"
      ? drawFrom(data.evaluation.validation!.count, 1)
      : undefined,
    schedules: training.optimizer.schedules,
    ...options.controller ? { memory: newMemory(options.controller) } : {},
    status: "running",
    step: 0,
    state: { parameters: [], slots: [] },
    cost: 0,
    seconds: 0,
  };
}

/** Writes what a run is to its `run.json`. */
export async function describe(
  training: Training,
  run: Run,
): Promise<void> {
  const { directory, options, status, step, cost, seconds } = run;
  await directory?.describe({
    settings: settingsOf(training, options),
    environment: environmentOf(),
    status,
    cost: {
      steps: step,
      forwardPasses: cost,
      seconds: Number(seconds.toFixed(3)),
    },
  });
}

/** Saves a checkpoint of a run, and its records up to there. */
export async function save(training: Training, run: Run): Promise<void> {
  const { directory, status, step, cost, seconds, state, memory } = run;
  if (directory === undefined) return;
  await directory.save({
    step,
    status: status === "stopped" ? "running" : status,
    cost,
    seconds,
    ...memory ? { controller: writeMemory(memory) } : {},
    tensors: storeState(training, state),
  });
  await describe(training, run);
}

/** Does something for runs, which share the seconds it takes. */
export async function charge<T>(
  runs: readonly Run[],
  work: () => T | Promise<T>,
): Promise<T> {
  const start = performance.now();
  const result = await work();
  const share = (performance.now() - start) / 1000 / runs.length;
  for (const run of runs) run.seconds += share;
  return result;
}
