/**
 * Steps as training takes them: batches are gathered from resident data, the
 * numbers change from step to step.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { sgd } from "../lib/optimizers/mod.ts";
import { constant } from "../lib/schedules/constant.ts";
import { drawer } from "../lib/training/draw.ts";
import { disposeState, initialState } from "../lib/training/group.ts";
import { classification } from "../lib/training/objective.ts";
import { residentData, residentSplit } from "../lib/training/resident_data.ts";
import { compileStep } from "../lib/training/step.ts";
import { train } from "../lib/training/train.ts";
import { LEARNING_RATE, type Stepper } from "./sgd_step.ts";
import { waves } from "./waves.ts";
import type { Workload } from "./workloads.ts";

/** Training examples, enough for many different batches. */
const EXAMPLES = 2048;

/** Steps between the trainer's records. */
const RECORD_EVERY = 20;

/** Examples of a workload's shape. */
export function split({ network }: Workload) {
  const size = network.inputShape.reduce((a, b) => a * b, 1);
  return {
    count: EXAMPLES,
    inputs: waves(EXAMPLES * size),
    labels: Int32Array.from({ length: EXAMPLES }, (_, i) => i % 10),
  };
}

/** What training is told of a workload. */
export function settings({ network, batchSize }: Workload) {
  return {
    objective: classification(network),
    optimizer: sgd(),
    batchSize,
    augment: false,
  };
}

/**
 * The trainer's compiled step without the trainer: `calls` calls of one step of
 * `runs` runs each.
 */
export function bareSteps(
  workload: Workload,
  { runs, calls }: { runs: number; calls: number },
): Stepper {
  const base = settings(workload);
  const data = residentSplit(split(workload), workload.network.inputShape);
  const { inputs, labels } = data;
  const compiled = compileStep({ ...base, weighted: false, detailed: false });
  const states = Array.from(
    { length: runs * calls },
    (_, seed) => initialState(base, seed),
  );
  const numbers = tf.tensor1d([LEARNING_RATE, 1, 1]);
  // All the batches of an epoch, ready: one and the same would stay in the cache.
  const { at } = drawer({ ...base, seed: 0, count: EXAMPLES });
  const draws = Array.from(
    { length: Math.floor(EXAMPLES / base.batchSize) },
    (_, step) => tf.tensor1d(at(step), "int32"),
  );
  let taken = 0;
  return {
    step() {
      const draw = draws[taken++ % draws.length]!;
      const perRun = Array.from({ length: runs }, () => ({ numbers, draw }));
      let loss = 0;
      for (let at = 0; at < states.length; at += runs) {
        const before = states.slice(at, at + runs);
        const result = compiled({ inputs, labels }, before, perRun);
        loss = result.metrics.dataSync()[0]!;
        before.forEach(disposeState);
        states.splice(at, runs, ...result.runs);
        result.metrics.dispose();
      }
      return loss;
    },
    dispose() {
      states.forEach(disposeState);
      tf.dispose([inputs, labels, numbers, draws]);
      compiled.dispose();
    },
  };
}

/** The trainer itself; a step here is {@linkcode RECORD_EVERY} of its steps. */
export function trainerSteps(
  workload: Workload,
): { step(): Promise<void>; stepsPerCall: number; dispose(): Promise<void> } {
  const data = residentData({
    name: "waves",
    shape: workload.network.inputShape,
    train: split(workload),
  });
  const stop = new AbortController();
  const training = train({
    ...settings(workload),
    data,
    epochs: 1e6,
    evaluateEvery: 1e6,
    recordEvery: RECORD_EVERY,
    learningRate: constant({ value: LEARNING_RATE }),
    seed: 0,
  }, stop);
  return {
    stepsPerCall: RECORD_EVERY,
    async step() {
      const { done } = await training.next();
      if (done) throw new Error("The training ended before it was stopped");
    },
    async dispose() {
      stop.abort();
      let next = await training.next();
      while (!next.done) next = await training.next();
      tf.dispose(next.value.parameters);
      data.dispose();
    },
  };
}
