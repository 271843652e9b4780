/**
 * Trains one run, or several side by side.
 *
 * @module
 */
import type { RunOptions, TrainingOptions } from "./options.ts";
import type { RunRecord } from "./records.ts";
import { type RunResult, trainTogether } from "./train_together.ts";

export type {
  DivergencePolicy,
  RunOptions,
  TrainingOptions,
} from "./options.ts";
export type { RunStatus } from "./run_description.ts";
export {
  type GroupRecord,
  type RunResult,
  trainTogether,
} from "./train_together.ts";

/**
 * Trains one run; see {@linkcode trainTogether}.
 *
 * @param options The training, and what is the run's own.
 * @param control `signal` ends training, leaving the run resumable.
 * @returns An async iterator of records as they are made; its return value is the
 * result.
 * @throws As {@linkcode trainTogether} does.
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
 * const data = residentData({
 *   name: "points",
 *   shape: [1],
 *   train: split,
 *   evaluation: { train: split },
 * });
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
 *
 * @example What goes around an optimizer: clipped gradients, two micro-batches a
 * step, no decay on biases, momentum by a schedule, averaged weights
 * ```ts
 * import { drawnDigits } from "../datasets/mod.ts";
 * import { lateDecrease } from "../gradient_weights/mod.ts";
 * import { mlp } from "../models/mlp.ts";
 * import { momentum, stochasticWeightAverage } from "../optimizers/mod.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { constant, linear } from "../schedules/mod.ts";
 * import { classification } from "./objective.ts";
 * import { residentData } from "./resident_data.ts";
 * import { train } from "./train.ts";
 * import * as tf from "@tensorflow/tfjs";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const digits = drawnDigits({ train: 1000, test: 200 });
 * const data = residentData(digits);
 * const steps = 200; // ten epochs of twenty
 * const training = train({
 *   objective: classification(mlp({ inputShape: digits.shape, outputs: 10 })),
 *   data,
 *   optimizer: momentum({
 *     momentum: linear({ from: 0.95, to: 0.85, steps }),
 *     weightDecay: 5e-4,
 *   }),
 *   learningRate: constant({ value: 0.01 }),
 *   gradientWeight: lateDecrease({ steps, stepsPerEpoch: 20 }),
 *   batchSize: 50,
 *   microBatches: 2,
 *   clip: { norm: 1 },
 *   groups: [{ roles: ["bias"], decayFactor: 0 }],
 *   averaging: stochasticWeightAverage({ from: 100, every: 20 }),
 *   epochs: 10,
 *   seed: 0,
 * });
 * let loss = Infinity;
 * let next = await training.next();
 * for (; !next.done; next = await training.next()) {
 *   if ("averaged" in next.value) loss = next.value.averaged!.test!.loss;
 * }
 * ok(loss < 2); // of the averaged weights; a guess has ln 10 = 2.3
 * tf.dispose([next.value.parameters, next.value.averaged!]);
 * data.dispose();
 * ```
 *
 * @example A controller instead of a schedule: LOSSGRAD finds its step size from 1e-4
 * ```ts
 * import { lossgrad } from "../controllers/mod.ts";
 * import { drawnDigits } from "../datasets/mod.ts";
 * import { mlp } from "../models/mlp.ts";
 * import { sgd } from "../optimizers/mod.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { classification } from "./objective.ts";
 * import { residentData } from "./resident_data.ts";
 * import { train } from "./train.ts";
 * import * as tf from "@tensorflow/tfjs";
 * import { ok, strictEqual } from "node:assert";
 *
 * await initialize();
 * const digits = drawnDigits({ train: 1000, test: 200 });
 * const data = residentData(digits);
 * const training = train({
 *   objective: classification(mlp({ inputShape: digits.shape, outputs: 10 })),
 *   data,
 *   optimizer: sgd(),
 *   controller: lossgrad({ initial: 1e-4 }),
 *   batchSize: 50,
 *   epochs: 10,
 *   seed: 0,
 * });
 * let rate = 0;
 * let next = await training.next();
 * for (; !next.done; next = await training.next()) {
 *   if ("learningRate" in next.value) rate = next.value.learningRate;
 * }
 * ok(rate > 0.01);
 * strictEqual(next.value.cost, 200 * 4); // forward passes: 200 steps of four
 * tf.dispose(next.value.parameters);
 * data.dispose();
 * ```
 */
export async function* train(
  options: TrainingOptions & RunOptions,
  control: { signal?: AbortSignal } = {},
): AsyncGenerator<RunRecord, RunResult> {
  const training = trainTogether(options, [options], control);
  try {
    for (;;) {
      const next = await training.next();
      if (next.done) return next.value[0]!;
      yield next.value.record;
    }
  } finally {
    await training.return([]); // if the loop is left early
  }
}
