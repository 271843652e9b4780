/**
 * Compact records of a run: what figures and verdicts are made of, and what is
 * shipped.
 *
 * @module
 */
import type { RunRecord } from "../training/records.ts";
import type { Samples } from "./samples.ts";
import type { RunStatus } from "../training/run_directory.ts";

/** The course of one split's loss and error, at the evaluated epochs. */
export interface Course {
  /** Mean losses. */
  loss: number[];
  /** Shares of wrong classes, in [0, 1]; or mean absolute differences of images. */
  error: number[];
  /** What else the split came to, by name; only where the objective says. */
  measured?: Record<string, number[]>;
}

/** A run, an epoch at a time. */
export interface RunSummary {
  /** See `runId`. */
  id: string;
  /** How it ended. */
  status: RunStatus;
  /** The epochs after which it was evaluated, from 0. */
  evaluatedEpochs: number[];
  /** By the name of the split. */
  evaluation: Record<string, Course>;
  /** Means over each epoch's recorded steps. */
  epochMeans: {
    /** Loss of the batches. */
    loss: number[];
    /** η. */
    learningRate: number[];
    /** ‖g‖ of the batches. */
    gradientNorm: number[];
  };
  /** Means over each epoch of what telemetry measured, by name, if anything. */
  measured?: Record<string, number[]>;
  /** Some test examples and what was made of them; only where that is an image. */
  samples?: Samples;
  /** Class probabilities of the test split, packed, where the plan keeps them. */
  predictions?: string;
  /** Forward-pass equivalents. */
  forwardPasses: number;
  /** Seconds that its group took, over the runs of the group. */
  seconds: number;
}

/** Five significant digits: enough for any figure. */
function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : value;
}

/** Summarises a run's records. */
export function summarise(
  id: string,
  status: RunStatus,
  records: readonly RunRecord[],
  seconds: number,
): RunSummary {
  const evaluatedEpochs: number[] = [];
  const evaluation: Record<string, Course> = {};
  const steps = new Map<
    number,
    {
      loss: number[];
      rate: number[];
      norm: number[];
      measured: Record<string, number>[];
    }
  >();
  let forwardPasses = 0;
  for (const record of records) {
    if ("evaluation" in record) {
      evaluatedEpochs.push(record.epoch);
      for (const [name, means] of Object.entries(record.evaluation)) {
        const course = evaluation[name] ??= { loss: [], error: [] };
        course.loss.push(rounded(means.loss));
        course.error.push(rounded(means.error));
        for (const [what, value] of Object.entries(means.measured ?? {})) {
          course.measured ??= {};
          (course.measured[what] ??= []).push(rounded(value));
        }
      }
    } else if ("loss" in record) {
      const epoch = Math.floor(record.epoch);
      const bin = steps.get(epoch) ??
        { loss: [], rate: [], norm: [], measured: [] };
      steps.set(epoch, bin);
      bin.loss.push(record.loss);
      bin.rate.push(record.learningRate);
      if (record.gradientNorm !== undefined) bin.norm.push(record.gradientNorm);
      if (record.measured) bin.measured.push(record.measured);
      forwardPasses = record.cost;
    }
  }
  const bins = [...steps.entries()].sort(([a], [b]) => a - b).map(([, bin]) =>
    bin
  );
  const mean = (values: number[]) =>
    rounded(values.reduce((sum, v) => sum + v, 0) / values.length);
  const quantities = Object.keys(bins[0]?.measured[0] ?? {});
  return {
    id,
    status,
    evaluatedEpochs,
    evaluation,
    epochMeans: {
      loss: bins.map((bin) => mean(bin.loss)),
      learningRate: bins.map((bin) => mean(bin.rate)),
      gradientNorm: bins.map((bin) => mean(bin.norm)),
    },
    ...quantities.length > 0
      ? {
        measured: Object.fromEntries(
          quantities.map((
            name,
          ) => [
            name,
            bins.map((bin) => mean(bin.measured.map((m) => m[name]!))),
          ]),
        ),
      }
      : {},
    forwardPasses,
    seconds: Number(seconds.toFixed(1)),
  };
}
