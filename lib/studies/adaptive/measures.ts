/**
 * Adaptive rates: what is read off a run.
 *
 * @module
 */
import type { TrainingPlan } from "../plan.ts";
import type { Run } from "../study.ts";

/** The mean of numbers. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/**
 * Forward-pass equivalents spent before each evaluation. Steps of a fixed rate all
 * cost the same.
 */
export function costs(
  { control, evaluatedEpochs, forwardPasses }: Run,
): number[] {
  if (control !== undefined) return control.costs;
  const last = evaluatedEpochs.at(-1) || 1;
  return evaluatedEpochs.map((epoch) => forwardPasses * epoch / last);
}

/** A split's errors in points; once a run has diverged, that before the first step. */
export function errors(
  { plan, status, evaluation }: Run,
  split: string,
): number[] {
  const { error } = evaluation[split]!;
  const { epochs, evaluateEvery = 1 } = plan.training;
  const evaluations = Math.ceil(epochs / evaluateEvery) + 1;
  return Array.from(
    { length: status === "diverged" ? evaluations : error.length },
    (_, i) => 100 * (error[i] ?? error[0]!),
  );
}

/** The mean test error after each epoch, in points: the smaller, the faster. */
export function meanError(run: Run): number {
  return mean(errors(run, "test").slice(1));
}

/** How far a plateau may be above the least test error, in points. */
const PLATEAU = 1;

/** The first epoch at which the test error is within a point of its least. */
export function plateauEpoch(run: Run): number {
  const test = errors(run, "test");
  const least = Math.min(...test);
  return test.findIndex((error) => error <= least + PLATEAU);
}

/** Last test error minus last training error, in points. */
export function overfitting(run: Run): number {
  return errors(run, "test").at(-1)! - errors(run, "train").at(-1)!;
}

/** The test error when a cost was spent, in points, between evaluations by a line. */
export function errorAtCost(run: Run, cost: number): number {
  const spent = costs(run);
  const test = errors(run, "test");
  const after = spent.findIndex((c) => c >= cost);
  if (after <= 0) return after === 0 ? test[0]! : test.at(-1)!;
  const [from, to] = [spent[after - 1]!, spent[after]!];
  const share = (cost - from) / (to - from);
  return test[after - 1]! + share * (test[after]! - test[after - 1]!);
}

/** log η of each epoch's mean; nothing where η was not positive. */
export function logRates({ epochMeans }: Run): number[] {
  return epochMeans.learningRate.filter((rate) => rate > 0).map(Math.log);
}

/** log of the rate at the end: of the geometric mean over the last quarter. */
export function endRate(run: Run): number {
  const rates = logRates(run);
  return mean(rates.slice(-Math.max(1, Math.ceil(rates.length / 4))));
}

/** The standard deviation of numbers. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((v) => (v - centre) ** 2)));
}

/** The share of the steps at which something happened to the controller. */
export function eventShare(run: Run, event: string): number {
  const { events = {}, taken = 1 } = run.control ?? {};
  return (events[event] ?? 0) / taken;
}

/** The runs of a training. */
export function ofTraining(
  runs: readonly Run[],
  training: TrainingPlan,
): Run[] {
  const wanted = JSON.stringify(training);
  return runs.filter(({ plan }) => JSON.stringify(plan.training) === wanted);
}
