/**
 * Training that is seen.
 *
 * @module
 */
import type { Dataset } from "../datasets/dataset.ts";
import type { RunOptions, TrainingOptions } from "../training/options.ts";
import type { RecordedRun } from "../training/recorded_run.ts";
import { type ResidentData, residentData } from "../training/resident_data.ts";
import { follow, type WatchControl } from "./follow.ts";

export type { WatchControl } from "./follow.ts";

/** What {@linkcode watch} trains: as `train`, or on a data set as it is opened. */
export interface WatchOptions extends Omit<TrainingOptions, "data"> {
  /**
   * Examples on the device; or a data set, which is copied there while it is
   * trained on, and evaluated on its test examples.
   */
  data: ResidentData | Dataset;
}

/**
 * Trains one run and shows it: in a notebook by one display that follows it and
 * becomes its figure, elsewhere by a progress bar. Stop ends it after the step that
 * is under way; a run with a folder is gone on with by the same call.
 *
 * Give the run a name (`const run = await watch(…)`): as the last expression of the
 * same cell it would be shown a second time.
 *
 * @param options What to train, as for `train`.
 * @param control What ends it besides Stop; where it is shown.
 * @returns The run, with all its records (also those from before it was resumed)
 * and its parameters as arrays. No tensor is left, whatever is done with it.
 * @throws As `train` does.
 *
 * @example
 * ```ts
 * import { drawnDigits } from "../datasets/mod.ts";
 * import { mlp } from "../models/mlp.ts";
 * import { momentum } from "../optimizers/sgd.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { cosine } from "../schedules/cosine.ts";
 * import { classification } from "../training/objective.ts";
 * import { watch } from "./watch.ts";
 * import { ok, strictEqual } from "node:assert";
 *
 * await initialize();
 * const data = drawnDigits({ train: 500, test: 100 });
 * const objective = classification(mlp({ inputShape: data.shape, outputs: 10 }));
 * const shared = { objective, data, optimizer: momentum(), batchSize: 50 };
 * const learningRate = cosine({ from: 0.01, steps: 20 });
 * const run = await watch(
 *   { ...shared, epochs: 2, learningRate, seed: 0 },
 *   { display: "none" },
 * );
 * strictEqual(run.status, "done");
 * const last = run.records.at(-1)!;
 * ok("evaluation" in last && last.evaluation.test!.error < 0.9);
 * ```
 */
export async function watch(
  options: WatchOptions & RunOptions,
  control: WatchControl = {},
): Promise<RecordedRun> {
  const [run] = await watchTogether(options, [options], control);
  return run!;
}

/**
 * Trains runs side by side and shows them as {@linkcode watch} does: those that
 * differ in nothing but their seeds as one line with a band.
 *
 * @param options What the runs share, as for `trainTogether`.
 * @param runs What is their own.
 * @param control What ends them besides Stop; where they are shown.
 * @returns The runs, in order; the list shows itself too.
 * @throws As `trainTogether` does.
 *
 * @example Three seeds
 * ```ts
 * import { drawnDigits } from "../datasets/mod.ts";
 * import { mlp } from "../models/mlp.ts";
 * import { sgd } from "../optimizers/sgd.ts";
 * import { initialize } from "../runtime/initialize.ts";
 * import { constant } from "../schedules/constant.ts";
 * import { classification } from "../training/objective.ts";
 * import { watchTogether } from "./watch.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const data = drawnDigits({ train: 100, test: 50 });
 * const objective = classification(mlp({ inputShape: data.shape, outputs: 10 }));
 * const shared = { objective, data, optimizer: sgd(), batchSize: 50, epochs: 1 };
 * const learningRate = constant({ value: 0.01 });
 * const runs = await watchTogether(
 *   shared,
 *   [0, 1, 2].map((seed) => ({ seed, learningRate })),
 *   { display: "none" },
 * );
 * deepStrictEqual(runs.map(({ settings }) => settings.seed), [0, 1, 2]);
 * ```
 */
export async function watchTogether(
  options: WatchOptions,
  runs: readonly RunOptions[],
  control: WatchControl = {},
): Promise<RecordedRun[]> {
  const { data } = options;
  if (!("classNames" in data)) {
    return await follow({ ...options, data }, runs, control);
  }
  const resident = residentDataset(data);
  try {
    return await follow({ ...options, data: resident }, runs, control);
  } finally {
    resident.dispose();
  }
}

/** A data set on the device, named by all that decides what is trained on. */
function residentDataset(dataset: Dataset): ResidentData {
  const { name, train, test, source } = dataset;
  return residentData({
    ...dataset,
    name: `${name} ${train.count}/${test.count} (${source})`,
  });
}
