/**
 * The records of a step.
 *
 * @module
 */
import type { Metrics } from "./advance.ts";
import type { DivergencePolicy } from "./options.ts";
import { type EventRecord, short, type StepRecord } from "./records.ts";
import type { Run } from "./run.ts";

/** A step's number, and the epochs before it. */
interface At {
  step: number;
  epoch: number;
}

/** What is written down of a step that a run took. */
export function stepRecord(
  { options, cost, schedules }: Run,
  { step, epoch }: At,
  { loss, squares, control }: Metrics,
  measured: Record<string, number> | undefined,
): StepRecord {
  const record: StepRecord = {
    step,
    epoch,
    loss: short(loss),
    learningRate: control?.learningRate ?? options.learningRate!(step),
    cost,
  };
  const weight = options.gradientWeight?.(step);
  if (weight !== undefined) {
    record.gradientWeight = weight;
    record.weightedLoss = short(Math.fround(weight * loss));
  }
  const scheduled = Object.entries(schedules);
  if (scheduled.length > 0) {
    record.hyperparameters = Object.fromEntries(
      scheduled.map(([name, schedule]) => [name, schedule(step)]),
    );
  }
  if (squares !== undefined) {
    const { gradient, update, parameters } = squares;
    record.gradientNorm = short(Math.fround(Math.sqrt(gradient)));
    record.gradientNormSquared = short(gradient);
    record.updateRatio = short(Math.fround(Math.sqrt(update / parameters)));
  }
  if (measured !== undefined) {
    record.measured = Object.fromEntries(
      Object.entries(measured).map((
        [name, value],
      ) => [name, short(Math.fround(value))]),
    );
  }
  if (control !== undefined) {
    const { learningRate, slope, curvature, decrease, counts } = control;
    const number = (value: number) => short(Math.fround(value));
    record.slope = number(slope);
    record.predictedDecrease = number(-slope * learningRate);
    if (decrease !== undefined) record.actualDecrease = number(decrease);
    if (curvature !== undefined) {
      record.curvature = number(curvature);
      record.minimiser = number(-slope / curvature);
    }
    if (Object.keys(counts).length > 0) record.events = counts;
  }
  return record;
}

const events = {
  "stop": "diverged",
  "reject-step": "rejected step",
  "continue": "continued",
} as const;

/** What is written down of what became of a step that was not finite. */
export function eventRecord(
  { step, epoch }: At,
  policy: DivergencePolicy,
  { loss }: Metrics,
): EventRecord {
  const detail = policy === "reject-step"
    ? "the loss, or a norm of gradient or update, is not a finite number"
    : Number.isFinite(loss)
    ? "the slope of the loss, or its gradient's norm, is not a finite number"
    : "the loss is not a finite number";
  return { step, epoch, event: events[policy], detail };
}
