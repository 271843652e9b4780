/**
 * A run that was made, as its records tell it.
 *
 * @module
 */
import type { StoredTensor } from "../files/safetensors.ts";
import type { RunRecord } from "./records.ts";
import type { RunStatus } from "./run_description.ts";

/** A run that was made: in a notebook it shows itself. It holds no tensors. */
export interface RecordedRun {
  /** Everything that decides the records, as plain JSON. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** How it ended; `stopped` and `running` can be resumed if it has a folder. */
  readonly status: RunStatus;
  /** All records, in order. */
  readonly records: readonly RunRecord[];
  /** Steps done. */
  readonly steps: number;
  /** Forward-pass equivalents spent (a backward pass is 2). */
  readonly forwardPasses: number;
  /** The parameters at the end by name, statistics included. */
  readonly parameters: Readonly<Record<string, StoredTensor>>;
  /** The folder it is in, if any. */
  readonly directory?: string;
}
