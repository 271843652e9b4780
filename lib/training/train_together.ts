/**
 * Trains several runs side by side.
 *
 * @module
 */
import { stepper } from "./advance.ts";
import { lineStepper } from "./line_stepper.ts";
import { averages } from "./averages.ts";
import { breather } from "./breathe.ts";
import { evaluator } from "./evaluate.ts";
import { evaluateRuns } from "./evaluate_runs.ts";
import { checkControllers } from "./check_controllers.ts";
import { disposeSlots, disposeState } from "./group.ts";
import type { RunOptions, TrainingOptions } from "./options.ts";
import { checkRuns } from "./check_runs.ts";
import { stepsOfEpoch, withDefaults } from "./with_defaults.ts";
import type { RunRecord } from "./records.ts";
import { resume } from "./resume.ts";
import { keepWeights } from "./kept_weights.ts";
import { charge, newRun, type Run, save } from "./run.ts";
import type { RunStatus } from "./run_description.ts";
import { eventRecord, stepRecord } from "./step_record.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { onDevice } from "./training_data.ts";

/** How training ended. */
export interface RunResult {
  /** `stopped` when aborted: it can be resumed. */
  status: RunStatus;
  /**
   * Parameters, in the objective's order; the caller disposes them. Empty for a
   * run that had ended before and whose checkpoints were removed.
   */
  parameters: Tensor[];
  /**
   * The averaged parameters of a run that is done, where weights are averaged; the
   * caller disposes them too.
   */
  averaged?: Tensor[];
  /** Steps done. */
  steps: number;
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

/**
 * Trains runs that differ only in seed and schedules side by side: the steps of
 * all runs are one compiled call, which is faster than one run after another.
 *
 * Each run makes the records of a run of its own. Runs with a folder are
 * checkpointed there, and resumed from there if they were begun, each from where
 * it was left: those that are behind catch up first, those that have ended are not
 * trained again. What is resumed goes on to the bit (on the tensorflow backend on
 * a CPU, with the same library and thread counts; others are refused).
 *
 * @param options What the runs share.
 * @param runs What is their own.
 * @param control `signal` ends training after the current step, leaving the runs
 * resumable. Leaving the loop early frees everything; runs with a folder can then
 * be resumed from their last checkpoint.
 * @returns An async iterator of records as they are made; its return value is one
 * result a run.
 * @throws {RangeError | TypeError} If options are out of range or do not fit, or a
 * folder holds another run.
 * @throws {SyntaxError} If a folder's files are damaged; the message says which.
 * @throws {Error} If another training writes to a folder, or the disk is full.
 *
 * @example Two schedules for the same seed
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { drawnDigits } from "../datasets/mod.ts";
 * import { mlp } from "../models/mlp.ts";
 * import { momentum } from "../optimizers/sgd.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { constant, cosine } from "../schedules/mod.ts";
 * import { classification } from "./objective.ts";
 * import { residentData } from "./resident_data.ts";
 * import { trainTogether } from "./train.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const digits = drawnDigits({ train: 500, test: 100 });
 * const data = residentData(digits);
 * const training = trainTogether(
 *   {
 *     objective: classification(mlp({ inputShape: digits.shape, outputs: 10 })),
 *     data,
 *     optimizer: momentum(),
 *     batchSize: 50,
 *     epochs: 2,
 *   },
 *   [
 *     { seed: 0, learningRate: constant({ value: 0.01 }) },
 *     { seed: 0, learningRate: cosine({ from: 0.01, to: 0, steps: 20 }) },
 *   ],
 * );
 * const errors = [1, 1];
 * let next = await training.next();
 * for (; !next.done; next = await training.next()) {
 *   const { run, record } = next.value;
 *   if ("evaluation" in record) errors[run] = record.evaluation.test!.error;
 * }
 * ok(errors.every((error) => error < 0.9));
 * for (const { parameters } of next.value) tf.dispose(parameters);
 * data.dispose();
 * ```
 */
export async function* trainTogether(
  options: TrainingOptions,
  runs: readonly RunOptions[],
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<GroupRecord, RunResult[]> {
  const training = withDefaults(options);
  checkRuns(runs);
  checkControllers(training, runs);
  const { data, divergence, recordEvery, evaluateEvery } = training;
  const { telemetry, curvatureEvery, forwardPasses } = training;
  const stepsPerEpoch = stepsOfEpoch(training);
  const steps = training.epochs * stepsPerEpoch;
  const group = runs.map((run) => newRun(training, run));
  const [{ controller, gradientWeight }] = runs as [RunOptions];
  const makeStepper = controller === undefined ? stepper : lineStepper;
  const steppers = makeStepper(training, gradientWeight !== undefined);
  const evaluation = evaluator(training.objective);
  const averaged = averages(training);
  const measure = telemetry?.prepare({
    ...training,
    sharpness: undefined,
    data: onDevice(data, "telemetry"),
  });
  const breathe = breather();

  /** Hands a record out; it is written down with the next checkpoint. */
  const give = (run: Run, record: RunRecord): GroupRecord => {
    run.directory?.append(record, run.seconds);
    return { run: group.indexOf(run), record };
  };

  let handedOver = false;
  try {
    await resume(training, group);
    let savedAt = performance.now();
    for (;;) {
      const running = group.filter(({ status }) => status === "running");
      if (running.length === 0 || signal?.aborted) break;
      const step = Math.min(...running.map((run) => run.step));
      const active = running.filter((run) => run.step === step);
      const epoch = step / stepsPerEpoch;

      // A checkpoint of this step is from before this: it is done again then.
      const isOver = (run: Run) => step === steps || run.cost >= forwardPasses;
      const evaluated = epoch % evaluateEvery === 0
        ? active
        : active.filter(isOver);
      if (evaluated.length > 0) {
        const means = await charge(
          evaluated,
          () =>
            evaluateRuns(evaluation, averaged, evaluated, data.evaluation, {
              breathe,
              signal,
            }),
        );
        if (means === undefined) break;
        for (const [i, run] of evaluated.entries()) {
          const { validation } = means[i]!.evaluation;
          if (validation !== undefined) run.epochMetric = validation.loss;
          const cost = forwardPasses < Infinity ? { cost: run.cost } : {};
          yield give(run, { step, epoch, ...means[i]!, ...cost });
        }
      }
      for (const run of active.filter(isOver)) {
        run.status = "done";
        await save(training, run);
      }
      const going = active.filter(({ status }) => status === "running");
      if (going.length === 0) continue;

      for (const { directory, options, state } of active) {
        if (!options.keepWeightsAt?.includes(step)) continue;
        await keepWeights(
          directory!.path,
          training.objective,
          step,
          state.parameters,
        );
      }
      const measured: Record<string, number>[] = [];
      if (telemetry && step % telemetry.every === 0) {
        await charge(going, async () => {
          for (const run of going) {
            const { state, draw, options: { learningRate, controller } } = run;
            const rate = controller ? undefined : learningRate?.(step);
            measured.push(
              await measure!.of(state.parameters, draw(step), {
                run: group.indexOf(run),
                ...rate === undefined ? {} : { learningRate: rate },
              }),
            );
          }
        });
      }
      const due = step % recordEvery === 0 || step === steps - 1 ||
        measured.length > 0 ||
        curvatureEvery > 0 && step % curvatureEvery === 0;
      const metrics = await charge(going, () => steppers.advance(going, due));
      for (const [i, run] of going.entries()) {
        const { finite, control } = metrics[i]!;
        const at = { step, epoch };
        const news = control?.first ?? [];
        if (due || !finite || news.length > 0) {
          const found = measured[i];
          const more = found && control &&
            measure!.atRate?.(found, control.learningRate);
          yield give(
            run,
            stepRecord(run, at, metrics[i]!, found && { ...found, ...more }),
          );
        }
        for (const { event, detail } of news) {
          yield give(run, { ...at, event, detail });
        }
        if (finite) continue;
        yield give(run, eventRecord(at, divergence, metrics[i]!));
        if (divergence === "stop") {
          run.status = "diverged";
          await save(training, run);
        }
      }
      const { checkpointSeconds } = training;
      if (
        performance.now() - savedAt >= 1000 * checkpointSeconds &&
        step + 1 < steps
      ) {
        for (const run of going) {
          if (run.status === "running") await save(training, run);
        }
        savedAt = performance.now();
      }
      await breathe();
    }
    for (const run of group) {
      if (run.status !== "running") continue;
      run.status = "stopped";
      await save(training, run);
    }
    const averagesOfDone = await averaged.ofDone(group, { breathe });
    handedOver = true;
    return group.map(({ status, state: { parameters }, step, cost }, i) => ({
      status,
      parameters,
      ...averagesOfDone[i],
      steps: step,
      cost,
    }));
  } finally {
    for (const { state, directory } of group) {
      if (handedOver) disposeSlots(state);
      else disposeState(state);
      directory?.close();
    }
    steppers.dispose();
    evaluation.dispose();
    averaged.dispose();
    measure?.dispose();
  }
}
