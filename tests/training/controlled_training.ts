/** Small trainings whose step sizes controllers choose. */
import * as tf from "@tensorflow/tfjs";
import type { Controller } from "../../lib/controllers/mod.ts";
import type { StepRecord } from "../../lib/training/records.ts";
import {
  type RunOptions,
  type RunResult,
  type TrainingOptions,
  trainTogether,
} from "../../lib/training/train.ts";
import { finish } from "./small_training.ts";

/** What a run gave: its step records, all records, values, and how it ended. */
export interface Outcome extends Omit<RunResult, "parameters" | "averaged"> {
  steps: number;
  records: unknown[];
  stepRecords: StepRecord[];
  values: number[][];
}

/** Trains runs side by side to the end; frees all tensors. */
export async function outcomes(
  training: TrainingOptions,
  runs: readonly RunOptions[],
  interrupt: (run: number, step: number) => boolean = () => false,
): Promise<Outcome[]> {
  const stop = new AbortController();
  const { records, results } = await finish(
    trainTogether(training, runs, { signal: stop.signal }),
    ({ run, record }) => {
      if (interrupt(run, record.step)) stop.abort();
    },
  );
  return results.map(({ parameters, averaged = [], ...rest }, i) => {
    const own = records.filter(({ run }) => run === i)
      .map(({ record }) => record);
    const values = parameters.map((p) => Array.from(p.dataSync()));
    tf.dispose([...parameters, ...averaged]);
    return {
      ...rest,
      records: own,
      stepRecords: own.filter((r): r is StepRecord => "loss" in r),
      values,
    };
  });
}

/** Trains one run with a controller. */
export async function outcomeOf(
  training: TrainingOptions,
  controller: Controller,
  more: Partial<RunOptions> = {},
): Promise<Outcome> {
  const [only] = await outcomes(training, [{ seed: 0, controller, ...more }]);
  return only!;
}
