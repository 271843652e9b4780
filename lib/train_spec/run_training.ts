/**
 * A training from its spec to the trained model.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { join } from "node:path";
import type { OpenDatasetOptions } from "../datasets/open_dataset.ts";
import { writeWhole } from "../files/write_whole.ts";
import { parseGradientWeight } from "../gradient_weights/parse.ts";
import { checkClip } from "../optimizers/clip.ts";
import { parseOptimizer } from "../optimizers/parse.ts";
import { parseAveraging } from "../optimizers/parse_averaging.ts";
import { parseSchedule } from "../schedules/parse.ts";
import type { Units } from "../schedules/units.ts";
import type { Evaluation, RunRecord } from "../training/records.ts";
import { RunDirectory, type RunStatus } from "../training/run_directory.ts";
import { train } from "../training/train.ts";
import { isStreamed } from "../training/training_data.ts";
import { exportNames, exportTrained } from "./export_trained.ts";
import { prepareData, type PreparedData } from "./prepare_data.ts";
import { type PreparedModel, prepareModel } from "./prepare_model.ts";
import type { TrainSpec } from "./spec.ts";

/** Where a training reads and writes, and who is told of it. */
export interface RunTrainingOptions {
  /** The spec's folder: its paths are relative to it. */
  folder: string;
  /** The run's folder. */
  out: string;
  /** Where named data sets are. */
  datasets: OpenDatasetOptions;
  /** Ends the training; it can be resumed. */
  signal: AbortSignal;
  /** Is told each record, and the steps in all. */
  onRecord?: (record: RunRecord, steps: number) => void;
}

/** What a training came to; written to `summary.json`. */
export interface TrainingSummary {
  /** How it ended. */
  status: RunStatus;
  /** Steps done. */
  steps: number;
  /** The loss that was minimised. */
  loss: string;
  /**
   * The last evaluation, of averaged weights where there are any: loss and error by
   * split; none where nothing was held out.
   */
  evaluation: Record<string, Evaluation> | null;
  /** What inputs were standardised by, a number a channel; null if they were not. */
  preprocessing: { mean: number[]; standardDeviation: number[] } | null;
  /** The names of the classes. */
  classNames: string[];
  /** The files with the trained model. */
  exported: string[];
}

/** The schedules and the optimizer of a spec, in steps. */
function readRules(spec: TrainSpec, units: Units) {
  const { learningRate, gradientWeight, optimizer, averaging } = spec;
  return {
    learningRate: parseSchedule(learningRate, "learningRate", units),
    optimizer: parseOptimizer(optimizer, "optimizer", units),
    ...gradientWeight
      ? {
        gradientWeight: parseGradientWeight(
          gradientWeight,
          "gradientWeight",
          units,
        ),
      }
      : {},
    ...averaging
      ? { averaging: parseAveraging(averaging, "averaging", units) }
      : {},
  };
}

/**
 * Checks what of a spec needs no data, so that nothing long is begun in vain.
 *
 * @throws {TypeError | RangeError} If a schedule, a weight, the optimizer or an
 * export is wrong.
 */
export function checkRules(spec: TrainSpec): void {
  exportNames(spec);
  if (spec.clip) checkClip(spec.clip);
  // Epochs as long as they may well be: lengths are positive in any case.
  readRules(spec, { stepsPerEpoch: 1000, budget: 1000 * spec.epochs });
}

/** Trains; returns the summary. */
async function trained(
  spec: TrainSpec,
  { examples, statistics, facts }: PreparedData,
  model: PreparedModel,
  { out, signal, onRecord = () => {} }: RunTrainingOptions,
): Promise<TrainingSummary> {
  const { batchSize, microBatches, clip, groups, epochs, seed, augment } = spec;
  const stepsPerEpoch = Math.floor(examples.train.count / batchSize);
  const budget = stepsPerEpoch * epochs;
  if (stepsPerEpoch < 1) {
    throw new RangeError(
      `batchSize must be at most the ${examples.train.count} training examples, got ${batchSize}`,
    );
  }
  const names = exportNames(spec, model.network);
  const training = train({
    objective: model.objective,
    data: examples,
    batchSize,
    microBatches,
    ...clip ? { clip } : {},
    ...groups ? { groups } : {},
    epochs,
    // What is read when it is needed is cut out at random by who reads it.
    augment: augment && !isStreamed(examples.train),
    seed,
    directory: out,
    ...readRules(spec, { stepsPerEpoch, budget }),
  }, { signal });
  let next = await training.next();
  for (; !next.done; next = await training.next()) onRecord(next.value, budget);
  const { status, steps, parameters, averaged } = next.value;
  try {
    const records = await new RunDirectory(out).readRecords();
    const last = records.findLast((record) => "evaluation" in record);
    const summary: TrainingSummary = {
      status,
      steps,
      loss: model.loss,
      evaluation: last && "evaluation" in last
        ? last.averaged ?? last.evaluation
        : null,
      preprocessing: statistics
        ? {
          mean: [...statistics.mean],
          standardDeviation: [...statistics.standardDeviation],
        }
        : null,
      classNames: facts.classNames,
      exported: status === "done"
        ? await exportTrained(model, averaged ?? parameters, out, names)
        : [],
    };
    await writeWhole(
      join(out, "summary.json"),
      JSON.stringify(summary, null, 2) + "\n",
    );
    return summary;
  } finally {
    tf.dispose([parameters, averaged ?? []]);
  }
}

/**
 * Trains what a spec says, into a run's folder; a run that was begun there goes on.
 * A backend must run.
 *
 * @throws {DatasetError | ModelFileError} If a file is missing, damaged or not read.
 * @throws {TypeError | RangeError} If the spec does not fit the data, or the folder
 * holds another run.
 */
export async function runTraining(
  spec: TrainSpec,
  options: RunTrainingOptions,
): Promise<TrainingSummary> {
  checkRules(spec);
  const { folder, datasets } = options;
  const isNamed = typeof spec.model.file !== "string";
  const data = await prepareData(spec, folder, isNamed, datasets);
  try {
    const model = await prepareModel(spec, folder, data.facts);
    try {
      return await trained(spec, data, model, options);
    } finally {
      model.dispose();
    }
  } finally {
    data.examples.dispose();
  }
}
