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
