/**
 * A run that has ended, as probes see it.
 *
 * @module
 */
import type { Objective } from "../../training/objective.ts";
import type { ResidentData } from "../../training/resident_data.ts";

/** A run that has ended. */
export interface TrainedRun {
  /** What was trained. */
  readonly objective: Objective;
  /** What it was trained on. */
  readonly data: ResidentData;
  /** The run's seed: runs of one seed are probed in the same random directions. */
  readonly seed: number;
  /** The number of steps. */
  readonly steps: number;
  /** The weights after some steps: the first, the last, or those of `stepsToKeep`. */
  weightsAt(step: number): Promise<Float32Array[]>;
}
