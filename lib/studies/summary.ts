/**
 * Compact records of a run: what figures and verdicts are made of, and what is
 * shipped.
 *
 * @module
 */
import type { RunRecord, StepRecord } from "../training/records.ts";
import type { Probed } from "./probes/probe.ts";
import type { Samples } from "./samples.ts";
import type { RunStatus } from "../training/run_directory.ts";
import { endedWhereItStood } from "./stood_still.ts";

/** The course of one split's loss and error, at the evaluated epochs. */
export interface Course {
  /** Mean losses. */
  loss: number[];
  /** Shares of wrong classes, in [0, 1]; or mean absolute differences of images. */
  error: number[];
  /** What else the split came to, by name; only where the objective says. */
  measured?: Record<string, number[]>;
}

/** What a controller did in a run. */
export interface ControlSummary {
  /** The recorded steps, at most {@linkcode MOST_RATES} of them. */
  steps: number[];
  /** η at these steps. */
  rates: number[];
  /** The loss of the batch at these steps. */
  losses: number[];
  /**
   * How far the loss of the batch fell at these steps, null where that is not known;
   * only of runs whose telemetry is kept.
   */
  decreases?: (number | null)[];
  /** Forward-pass equivalents spent before each evaluation. */
  costs: number[];
  /** Steps taken. */
  taken: number;
  /** How often each of its events has happened. */
  events: Record<string, number>;
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
  /** What its controller did, where it has one. */
  control?: ControlSummary;
  /** What probes found of the trained weights, by kind and name, if any did. */
  probed?: Probed;
  /** Forward-pass equivalents. */
  forwardPasses: number;
  /** Seconds that its group took, over the runs of the group. */
  seconds: number;
}

/** Five significant digits: enough for any figure. */
function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(5)) : value;
}

/** The most step sizes that are kept of a run: enough for a line. */
export const MOST_RATES = 400;

function controlSummary(
  records: readonly StepRecord[],
  costs: number[],
): ControlSummary {
  const every = Math.ceil(records.length / MOST_RATES);
  const kept = records.filter((_, i) => i % every === 0);
  const last = records.at(-1)!;
  return {
    steps: kept.map(({ step }) => step),
    rates: kept.map(({ learningRate }) => rounded(learningRate)),
    losses: kept.map(({ loss }) => rounded(loss)),
    ...records.some(({ measured }) => measured)
      ? {
        decreases: kept.map(({ actualDecrease: decrease }) =>
          decrease === undefined ? null : rounded(decrease)
        ),
      }
      : {},
    costs,
    taken: last.step + 1,
    events: { ...last.events },
  };
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
  const controlled: StepRecord[] = [];
  const costs: number[] = [];
  for (const record of records) {
    if ("evaluation" in record) {
      const last = controlled.at(-1);
      // Steps since the last record cost what those before did on average.
      costs.push(
        last ? Math.round(last.cost * record.step / (last.step + 1)) : 0,
      );
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
      if (record.slope !== undefined) controlled.push(record);
    }
  }
  const bins = [...steps.entries()].sort(([a], [b]) => a - b).map(([, bin]) =>
    bin
  );
  const mean = (values: number[]) =>
    rounded(values.reduce((sum, v) => sum + v, 0) / values.length);
  const quantities = Object.keys(bins[0]?.measured[0] ?? {});
  return endedWhereItStood({
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
    ...controlled.length > 0
      ? { control: controlSummary(controlled, costs) }
      : {},
    forwardPasses,
    seconds: Number(seconds.toFixed(1)),
  });
}
