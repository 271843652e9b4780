/**
 * What training takes its examples from: tensors, or files that are read while it
 * goes on.
 *
 * @module
 */
import type { StreamedSplit } from "../datasets/streamed/streamed_split.ts";
import type { ResidentData, ResidentSplit } from "./resident_data.ts";

/** The examples of one part: on the device, or read when they are needed. */
export type TrainingSplit = ResidentSplit | StreamedSplit;

/** The splits of an experiment. */
export interface TrainingData {
  /** For records: the data set's name, sizes and preparation. */
  readonly name: string;
  /** What is trained on. */
  readonly train: TrainingSplit;
  /** What is evaluated, by name: `validation`, `test`, `train`. */
  readonly evaluation: Readonly<Record<string, TrainingSplit>>;
  /** Frees tensors, or ends what reads. */
  dispose(): void;
}

/** Whether a split is read when it is needed. */
export function isStreamed(split: TrainingSplit): split is StreamedSplit {
  return "read" in split;
}

/**
 * The same data, if they are on the device.
 *
 * @param what What needs them there, for the error.
 * @throws {TypeError} If they are read when they are needed.
 */
export function onDevice(data: TrainingData, what: string): ResidentData {
  const splits = [data.train, ...Object.values(data.evaluation)];
  if (splits.some(isStreamed)) {
    throw new TypeError(
      `${what} needs data on the device (residentData), not streamed ones`,
    );
  }
  return data as ResidentData;
}
