/**
 * Runs read back from their folders.
 *
 * @module
 */
import { displayedAs } from "../figures/displayed.ts";
import type { RecordedRun } from "./recorded_run.ts";
import { RunDirectory } from "./run_directory.ts";

/** Makes a run show itself in a notebook. */
export function recordedRun(run: RecordedRun): RecordedRun {
  return displayedAs({ ...run }, async () => {
    const { runFigure } = await import("../notebook/run_figure.ts");
    return runFigure(run);
  });
}

/**
 * Reads a run from its folder: settings and status, records, and the parameters of
 * its newest checkpoint. Nothing is trained, and no backend is needed.
 *
 * @param directory The folder that was given to `train` or `watch`.
 * @throws {RangeError} If the folder holds no run.
 * @throws {SyntaxError} If a file is damaged; the message says which.
 *
 * @example
 * ```ts
 * import { mlp } from "../models/mlp.ts";
 * import { sgd } from "../optimizers/sgd.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { constant } from "../schedules/constant.ts";
 * import { loadRun } from "./load_run.ts";
 * import { classification } from "./objective.ts";
 * import { residentData } from "./resident_data.ts";
 * import { train } from "./train.ts";
 * import * as tf from "@tensorflow/tfjs";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * await initialize();
 * const directory = await Deno.makeTempDir();
 * const split = { count: 2, inputs: Float32Array.of(-1, 1), labels: Int32Array.of(0, 1) };
 * const data = residentData({ name: "points", shape: [1], train: split, test: split });
 * const training = train({
 *   objective: classification(mlp({ inputShape: [1], outputs: 2 })),
 *   data,
 *   optimizer: sgd(),
 *   batchSize: 2,
 *   epochs: 3,
 *   learningRate: constant({ value: 1 }),
 *   seed: 0,
 *   directory,
 * });
 * const records = [];
 * let next = await training.next();
 * for (; !next.done; next = await training.next()) records.push(next.value);
 * tf.dispose(next.value.parameters);
 * data.dispose();
 *
 * const run = await loadRun(directory);
 * strictEqual(run.status, "done");
 * deepStrictEqual(run.records, records);
 * await Deno.remove(directory, { recursive: true });
 * ```
 */
export async function loadRun(directory: string): Promise<RecordedRun> {
  const folder = new RunDirectory(directory);
  const description = await folder.read();
  if (description === undefined) {
    throw new RangeError(
      `${directory} holds no run: name the folder that was given to the training`,
    );
  }
  const { settings, status, cost } = description;
  const [newest] = await folder.checkpoints.steps();
  const tensors = newest === undefined
    ? {}
    : (await folder.checkpoints.load(newest)).tensors;
  return recordedRun({
    settings,
    status,
    steps: cost.steps,
    forwardPasses: cost.forwardPasses,
    records: await folder.readRecords(),
    // `parameter#slot` is state of the optimizer.
    parameters: Object.fromEntries(
      Object.entries(tensors).filter(([name]) => !name.includes("#")),
    ),
    directory,
  });
}
