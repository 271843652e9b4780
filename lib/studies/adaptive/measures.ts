/**
 * Adaptive rates: what is read off a run.
 *
 * @module
 */
import type { Arm } from "../comparisons.ts";
import { costs } from "../costs.ts";
import type { TrainingPlan } from "../plan.ts";
import type { Run } from "../study.ts";

/** The mean of numbers. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
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

/** The test error at the end, in points. */
export const lastError = (run: Run): number => errors(run, "test").at(-1)!;

/** The mean test error after each epoch, in points: the smaller, the faster. */
export function meanError(run: Run): number {
  return mean(errors(run, "test").slice(1));
}

/** From how far above a plateau on it counts as reached, in points. */
const PLATEAU = 1;

/** Means over each value and its neighbours: what happened once is no plateau. */
function smoothed(values: readonly number[]): number[] {
  return values.map((_, i) => mean(values.slice(Math.max(0, i - 1), i + 2)));
}

/**
 * Epochs until the test error, averaged over three evaluations, is within a point of
 * the least that the run of the same seed in an arm comes to; all epochs for a run that
 * never is there, or diverged.
 */
export function epochsToPlateauOf(arm: Arm): (run: Run) => number {
  return (run) => {
    const { epochs, evaluateEvery = 1 } = run.plan.training;
    if (run.status === "diverged") return epochs;
    const plateau = Math.min(
      ...smoothed(errors(arm.get(run.plan.seed)!, "test")),
    );
    const at = smoothed(errors(run, "test"))
      .findIndex((error) => error <= plateau + PLATEAU);
    return at === -1 ? epochs : Math.min(epochs, at * evaluateEvery);
  };
}

/**
 * The mean over training of the log of the training loss, after each epoch; once a run
 * has diverged, of that before the first step.
 */
export function meanLogLoss({ plan, status, evaluation }: Run): number {
  const { loss } = evaluation.train!;
  const { epochs, evaluateEvery = 1 } = plan.training;
  const count = status === "diverged"
    ? Math.ceil(epochs / evaluateEvery) + 1
    : loss.length;
  const logs = Array.from(
    { length: count },
    (_, i) => Math.log(Math.max(loss[i] ?? loss[0]!, Number.MIN_VALUE)),
  );
  return mean(logs.slice(1));
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

/** A rate that no network here is trained with. */
export const LARGE = 1000;

/** Whether a run diverged, or its rate did. */
export function isLost({ status, control }: Run): boolean {
  return status === "diverged" ||
    (control?.rates ?? []).some((rate) => !(rate <= LARGE));
}

/** The runs of an arm that were not lost. */
export function sound(arm: Arm): Run[] {
  return [...arm.values()].filter((run) => !isLost(run));
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
