/** Runs that were not trained: records made by formulas. */
import type { RunRecord, StepRecord } from "../../lib/training/records.ts";
import type { ShownRun } from "../../lib/notebook/run_text.ts";

/** How a sample run is. */
export interface Sample {
  /** Steps between records. @default {20} */
  recordEvery?: number;
  /** Steps in all, 100 an epoch. @default {1000} */
  steps?: number;
  /** The seed. @default {0} */
  seed?: number;
  /** The learning rate at the start. @default {0.1} */
  rate?: number;
  /** The name of the data. @default {"cifar-10 5000/1000"} */
  data?: string;
  /** Steps that were rejected. @default {none} */
  rejected?: readonly number[];
}

/** A run of LeNet whose loss falls exponentially. */
export function sampleRun(sample: Sample = {}): ShownRun {
  const { recordEvery = 20, steps = 1000, seed = 0, rate = 0.1 } = sample;
  const { data = "cifar-10 5000/1000", rejected = [] } = sample;
  const records: RunRecord[] = [];
  for (let step = 0; step <= steps; step++) {
    const epoch = step / 100;
    const share = Math.exp(-3 * rate * 10 * step / steps);
    const wave = 1 + 0.1 * Math.sin(step * (seed + 1));
    if (step % 100 === 0) {
      const split = (worse: number) => ({
        loss: 2.3 * share * worse,
        error: 0.9 * share * worse,
      });
      records.push({
        step,
        epoch,
        evaluation: { train: split(0.9), test: split(1) },
      });
    }
    const isRejected = rejected.includes(step);
    if ((step % recordEvery === 0 || isRejected) && step < steps) {
      const record: StepRecord = {
        step,
        epoch,
        loss: isRejected ? NaN : 2.3 * share * wave,
        learningRate: rate * (1 - step / steps),
        gradientNorm: isRejected ? NaN : 0.5 + wave,
        updateRatio: isRejected ? NaN : 1e-3 * wave * (1 - step / steps),
        cost: 3 * (step + 1),
      };
      records.push(record);
      if (isRejected) {
        records.push({
          step,
          epoch,
          event: "rejected step",
          detail: "the loss is not a finite number",
        });
      }
    }
  }
  return {
    settings: {
      objective: { kind: "classification", network: { kind: "lenet" } },
      data,
      optimizer: { kind: "momentum", momentum: 0.9 },
      batchSize: 50,
      epochs: steps / 100,
      learningRate: { kind: "linear", from: rate, to: 0, steps },
      seed,
    },
    status: "done",
    steps,
    records,
  };
}
