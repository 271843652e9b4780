/**
 * Trains one run, or several side by side.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { runtimeInfo } from "../runtime/initialize.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { drawer } from "./draw.ts";
import { evaluator } from "./evaluate.ts";
import { disposeState, initialState, loadState, storeState } from "./group.ts";
import type { Objective } from "./objective.ts";
import {
  type EventRecord,
  type RunRecord,
  short,
  type StepRecord,
} from "./records.ts";
import type { ResidentData } from "./resident_data.ts";
import { RunDirectory, type RunStatus } from "./run_directory.ts";
import { compileStep, type RunState } from "./step.ts";

/** What all runs of a group share. */
export interface TrainingOptions {
  /** What is minimised. */
  objective: Objective;
  /** What it is trained on and evaluated on. */
  data: ResidentData;
  /** The update rule. */
  optimizer: Optimizer;
  /** Examples a step. */
  batchSize: number;
  /** Length of the training, in epochs of ⌊examples / batchSize⌋ steps. */
  epochs: number;
  /** Whether images are randomly cropped and flipped. @default {false} */
  augment?: boolean;
  /** Epochs between evaluations; the last epoch is always evaluated. @default {1} */
  evaluateEvery?: number;
  /** Steps between records with norms. @default {20} */
  recordEvery?: number;
  /**
   * What happens when a loss is not a finite number: `"stop"` ends the run,
   * `"reject-step"` keeps the state before the step, `"continue"` goes on. Each
   * leaves an event in the records.
   *
   * @default {"stop"}
   */
  divergence?: "stop" | "reject-step" | "continue";
  /** Seconds between checkpoints, for runs with a folder. @default {20} */
  checkpointSeconds?: number;
}

/** What is a run's own. */
export interface RunOptions {
  /** Decides initial values, data order, augmentation and dropout. */
  seed: number;
  /** η as a function of the step. */
  learningRate: Schedule;
  /** w as a function of the step; all runs of a group have one, or none has. */
  gradientWeight?: Schedule;
  /** Where the run is written; resumed from there if it was begun. */
  directory?: string;
}

/** How training ended. */
export interface RunResult {
  /** `stopped` when aborted: it can be resumed. */
  status: RunStatus;
  /** Trained parameters, in the objective's order; the caller disposes them. */
  parameters: tf.Tensor[];
  /** Forward-pass equivalents spent. */
  cost: number;
}

/** A record, and which run of the group made it. */
export interface GroupRecord {
  /** Index of the run. */
  run: number;
  /** What it wrote down. */
  record: RunRecord;
}

/** Forward-pass equivalents of a step: one forward pass, and a backward of two. */
const PASSES_PER_STEP = 3;

interface Run {
  options: RunOptions;
  state: RunState;
  cost: number;
  status: RunStatus;
  directory: RunDirectory | undefined;
  draw(step: number): Int32Array<ArrayBuffer>;
}

/** The settings that decide a run's records, as plain JSON. */
function settingsOf(
  options: TrainingOptions,
  run: RunOptions,
): Record<string, unknown> {
  const { objective, data, optimizer, batchSize, epochs } = options;
  return {
    objective: objective.name,
    data: data.name,
    optimizer: optimizer.spec,
    batchSize,
    epochs,
    augment: options.augment ?? false,
    evaluateEvery: options.evaluateEvery ?? 1,
    recordEvery: options.recordEvery ?? 20,
    divergence: options.divergence ?? "stop",
    learningRate: run.learningRate.spec,
    gradientWeight: run.gradientWeight?.spec ?? null,
    seed: run.seed,
  };
}

/** What a run's bits depend on beside its settings. */
function environmentOf(): Record<string, unknown> {
  const info = runtimeInfo();
  return {
    backend: info?.backend ?? tf.getBackend(),
    library: info?.version ?? tf.version_core,
    device: info?.device ?? "CPU",
    intraOpThreads: info?.intraOpThreads ?? 0,
    interOpThreads: info?.interOpThreads ?? 0,
    processors: navigator.hardwareConcurrency,
  };
}

function validate(options: TrainingOptions, runs: readonly RunOptions[]): void {
  if (runs.length === 0) throw new RangeError("A group needs at least one run");
  for (const key of ["epochs", "evaluateEvery", "recordEvery"] as const) {
    const value = options[key] ?? 1;
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`${key} must be an integer >= 1, got ${value}`);
    }
  }
  const weighted = runs.filter((run) => run.gradientWeight).length;
  if (weighted !== 0 && weighted !== runs.length) {
    throw new TypeError(
      `either all runs of a group have a gradientWeight or none has, got ${weighted} of ${runs.length}`,
    );
  }
}

/**
 * Trains runs that differ only in seed and schedules side by side: the steps of
 * all runs are one compiled call, which is faster than one run after another.
 *
 * Each run makes the records of a run of its own. Runs with a folder are
 * checkpointed there, and resumed from there if they were begun: what is resumed
 * goes on to the bit (on the tensorflow backend on a CPU, with the same library
 * and thread counts; others are refused).
 *
 * @param options What the runs share.
 * @param runs What is their own.
 * @param control `signal` ends training after the current step, leaving the runs
 * resumable.
 * @returns An async iterator of records as they are made; its return value is one
 * result a run.
 * @throws {RangeError | TypeError} If options are out of range or do not fit.
 */
export async function* trainTogether(
  options: TrainingOptions,
  runs: readonly RunOptions[],
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<GroupRecord, RunResult[]> {
  validate(options, runs);
  const { objective, data, optimizer, batchSize, epochs } = options;
  const { recordEvery = 20, evaluateEvery = 1, divergence = "stop" } = options;
  const stepsPerEpoch = Math.floor(data.train.count / batchSize);
  const steps = epochs * stepsPerEpoch;
  const weighted = runs[0]!.gradientWeight !== undefined;
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const group: Run[] = runs.map((run) => ({
    options: run,
    state: { parameters: [], slots: [] },
    cost: 0,
    status: "running",
    directory: run.directory === undefined
      ? undefined
      : new RunDirectory(run.directory),
    draw: drawer({
      seed: run.seed,
      count: data.train.count,
      batchSize,
      augment: options.augment ?? false,
    }).at,
  }));
  const base = {
    objective,
    optimizer,
    batchSize,
    augment: options.augment ?? false,
    weighted,
  };
  const brief = compileStep({ ...base, detailed: false });
  const detailed = compileStep({ ...base, detailed: true });
  const evaluate = evaluator(objective);
  const environment = environmentOf();

  /** Hands a record out and writes it down. */
  function* give(index: number, record: RunRecord): Generator<GroupRecord> {
    group[index]!.directory?.append(record, seconds());
    yield { run: index, record };
  }
  const event = (
    index: number,
    step: number,
    kind: EventRecord["event"],
    detail: string,
  ) => give(index, { step, epoch: step / stepsPerEpoch, event: kind, detail });

  function* evaluateAll(step: number): Generator<GroupRecord> {
    for (const [i, run] of group.entries()) {
      if (run.status !== "running") continue;
      const evaluation = Object.fromEntries(
        Object.entries(data.evaluation).map(([name, split]) => {
          const { loss, error } = evaluate.evaluate(
            run.state.parameters,
            split,
          );
          return [name, { loss: short(loss), error: short(error) }];
        }),
      );
      yield* give(i, { step, epoch: step / stepsPerEpoch, evaluation });
    }
  }

  async function save(step: number): Promise<void> {
    for (const run of group) {
      if (!run.directory || run.status === "diverged") continue;
      await run.directory.save(
        step,
        run.cost,
        storeState(objective, optimizer, run.state),
      );
    }
  }

  async function describe(step: number, final: boolean): Promise<void> {
    for (const run of group) {
      await run.directory?.describe({
        settings: settingsOf(options, run.options),
        environment,
        status: final ? run.status : "running",
        cost: {
          steps: step,
          forwardPasses: run.cost,
          seconds: final ? Number(seconds().toFixed(3)) : 0,
        },
      });
    }
  }

  /** One step of all runs; returns their metrics, row by row. */
  function advance(step: number, withNorms: boolean): Float32Array[] {
    const inputs = group.map(({ options: run, draw }) => ({
      numbers: tf.tensor1d([
        run.learningRate(step),
        run.gradientWeight?.(step) ?? 1,
        step + 1,
      ]),
      draw: tf.tensor1d(draw(step), "int32"),
    }));
    const outputs = (withNorms ? detailed : brief)(
      { inputs: data.train.inputs, labels: data.train.labels },
      group.map(({ state }) => state),
      inputs,
    );
    const values = outputs.metrics.dataSync() as Float32Array;
    tf.dispose([outputs.metrics, inputs] as unknown as tf.TensorContainer);
    const width = values.length / group.length;
    return group.map((run, i) => {
      const metrics = values.slice(i * width, (i + 1) * width);
      const bad = !Number.isFinite(metrics[0]!);
      const frozen = run.status === "diverged";
      if (frozen || (bad && divergence !== "continue")) {
        disposeState(outputs.runs[i]!);
      } else {
        disposeState(run.state);
        run.state = outputs.runs[i]!;
      }
      if (!frozen) run.cost += PASSES_PER_STEP;
      return metrics;
    });
  }

  function stepRecord(
    run: Run,
    step: number,
    metrics: Float32Array,
  ): StepRecord {
    const [loss, gradient, move, size] = metrics;
    const record: StepRecord = {
      step,
      epoch: step / stepsPerEpoch,
      loss: short(loss!),
      learningRate: run.options.learningRate(step),
      cost: run.cost,
    };
    const weight = run.options.gradientWeight?.(step);
    if (weight !== undefined) {
      record.gradientWeight = weight;
      record.weightedLoss = short(Math.fround(weight * loss!));
    }
    if (gradient !== undefined) {
      record.gradientNorm = short(Math.fround(Math.sqrt(gradient)));
      record.gradientNormSquared = short(gradient);
      record.updateRatio = short(Math.fround(Math.sqrt(move! / size!)));
    }
    return record;
  }

  let step = 0;
  let stopped = false;
  let savedAt = performance.now();
  let breathed = performance.now();
  try {
    step = await begin(group, options, environment);
    await describe(step, false);
    if (step === 0) yield* evaluateAll(0);
    while (step < steps && group.some((run) => run.status === "running")) {
      if (signal?.aborted) {
        stopped = true;
        break;
      }
      const withNorms = step % recordEvery === 0 || step === steps - 1;
      const metrics = advance(step, withNorms);
      for (const [i, run] of group.entries()) {
        if (run.status !== "running") continue;
        const finite = Number.isFinite(metrics[i]![0]!);
        if (withNorms || !finite) {
          yield* give(i, stepRecord(run, step, metrics[i]!));
        }
        if (finite) continue;
        if (divergence === "stop") {
          run.status = "diverged";
          yield* event(i, step, "diverged", "the loss is not a finite number");
        } else if (divergence === "reject-step") {
          yield* event(
            i,
            step,
            "rejected step",
            "the loss is not a finite number",
          );
        }
      }
      step++;
      const epochDone = step % stepsPerEpoch === 0;
      if (
        epochDone &&
        (step / stepsPerEpoch % evaluateEvery === 0 || step === steps)
      ) {
        yield* evaluateAll(step);
      }
      const now = performance.now();
      if (
        now - savedAt > 1000 * (options.checkpointSeconds ?? 20) && step < steps
      ) {
        await save(step);
        savedAt = performance.now();
      }
      if (now - breathed > 50) { // let signals and timers through
        await new Promise((resolve) => setTimeout(resolve));
        breathed = performance.now();
      }
    }
    for (const run of group) {
      if (run.status === "running") run.status = stopped ? "stopped" : "done";
    }
    await save(step);
    for (const run of group) run.directory?.flush();
    await describe(step, true);
    return group.map(({ state, status, cost }) => {
      tf.dispose(state.slots as unknown as tf.TensorContainer);
      return { status, parameters: state.parameters, cost };
    });
  } catch (error) {
    group.forEach(({ state }) => disposeState(state));
    throw error;
  } finally {
    brief.dispose();
    detailed.dispose();
    evaluate.dispose();
    group.forEach(({ directory }) => directory?.close());
  }
}

/** Loads the newest state that all runs have, or makes the first; returns its step. */
async function begin(
  group: readonly Run[],
  options: TrainingOptions,
  environment: Record<string, unknown>,
): Promise<number> {
  const { objective, optimizer } = options;
  let common: number[] | undefined;
  for (const { directory, options: run } of group) {
    const found = await directory?.read();
    if (directory === undefined || found === undefined) {
      common = [];
      continue;
    }
    const settings = JSON.stringify(settingsOf(options, run));
    if (JSON.stringify(found.settings) !== settings) {
      throw new TypeError(
        `${directory.path} holds a run of other settings: choose another folder, or delete it`,
      );
    }
    if (JSON.stringify(found.environment) !== JSON.stringify(environment)) {
      throw new TypeError(
        `${directory.path} was begun on ${
          JSON.stringify(found.environment)
        }, which is not what runs now (${
          JSON.stringify(environment)
        }): its records could not be continued exactly; delete it to start afresh`,
      );
    }
    const steps = await directory.checkpointSteps();
    common = common === undefined
      ? steps
      : common.filter((step) => steps.includes(step));
  }
  const step = common?.[0] ?? 0;
  for (const run of group) {
    if (step === 0) {
      await run.directory?.clear();
      run.state = initialState(objective, optimizer, run.options.seed);
    } else {
      const checkpoint = await run.directory!.restore(step);
      run.state = loadState(objective, optimizer, checkpoint.tensors);
      run.cost = checkpoint.cost;
    }
  }
  return step;
}

/**
 * Trains one run; see {@linkcode trainTogether}.
 *
 * @example Softmax regression on four points
 * ```ts
 * import { mlp } from "../models/mlp.ts";
 * import { sgd } from "../optimizers/sgd.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { constant } from "../schedules/constant.ts";
 * import { classification } from "./objective.ts";
 * import { residentData } from "./resident_data.ts";
 * import { train } from "./train.ts";
 * import * as tf from "@tensorflow/tfjs";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const split = {
 *   count: 4,
 *   inputs: Float32Array.of(-2, -1, 1, 2),
 *   labels: Int32Array.of(0, 0, 1, 1),
 * };
 * const data = residentData("points", [1], split, { train: split });
 * const options = {
 *   objective: classification(mlp({ inputShape: [1], outputs: 2 })),
 *   data,
 *   optimizer: sgd(),
 *   batchSize: 4,
 *   epochs: 50,
 *   learningRate: constant({ value: 1 }),
 *   seed: 0,
 * };
 * let error = 1;
 * const training = train(options);
 * let next = await training.next();
 * for (; !next.done; next = await training.next()) {
 *   if ("evaluation" in next.value) error = next.value.evaluation.train!.error;
 * }
 * ok(error === 0 && next.value.status === "done");
 * tf.dispose(next.value.parameters);
 * data.dispose();
 * ```
 */
export async function* train(
  options: TrainingOptions & RunOptions,
  control: { signal?: AbortSignal } = {},
): AsyncGenerator<RunRecord, RunResult> {
  const training = trainTogether(options, [options], control);
  for (;;) {
    const next = await training.next();
    if (next.done) return next.value[0]!;
    yield next.value.record;
  }
}
