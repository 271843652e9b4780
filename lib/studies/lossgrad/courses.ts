/**
 * LOSSGRAD: what is read off a run's course.
 *
 * @module
 */
import { type Arm, armMean } from "../comparisons.ts";
import { stepsOf } from "../plan.ts";
import type { Run } from "../study.ts";

/** The batches whose step sizes figure 3 shows. */
export const SHOWN_BATCHES = 800;

/** A jump of the loss that counts as a spike, in medians of the losses before it. */
const SPIKE = 3;

/** What a spike must reach of the first loss. */
const LEAST_HEIGHT = 0.2;

/** The recorded losses that a spike is compared with, and that it ends below. */
const BEFORE = 30, END = 1.5;

/** The recorded step sizes on either side that a peak is compared with. */
const AROUND = 50;

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** The last loss on a split; of a run that diverged, that before the first step. */
export function finalLoss(split: string): (run: Run) => number {
  return ({ status, evaluation }) =>
    evaluation[split]?.loss.at(status === "diverged" ? 0 : -1) ?? NaN;
}

/** The arm whose last loss on the validation split is least. */
export function leastLoss(
  arms: ReadonlyMap<string, Arm>,
  names: readonly string[],
): { name: string; arm: Arm } {
  const found = names.flatMap((name) => {
    const arm = arms.get(name);
    return arm
      ? [{ name, arm, loss: armMean(arm, finalLoss("validation")) }]
      : [];
  });
  return found.reduce((best, next) => next.loss < best.loss ? next : best);
}

/**
 * By how much the test loss changes from an epoch to the next, on average over the
 * second half of a training, in the loss's unit; NaN for a run that diverged.
 */
export function unsteadiness({ evaluation, status }: Run): number {
  const losses = evaluation.test!.loss;
  if (status === "diverged") return NaN;
  const half = losses.slice(Math.floor(losses.length / 2));
  return mean(half.slice(1).map((loss, i) => Math.abs(loss - half[i]!)));
}

/** The change of the test loss on which single precision has nothing to say. */
const LEAST_CHANGE = 1e-9;

/** As how much less steady a run counts that diverged where another did not, as ln. */
export const DIVERGENCE = Math.log(10);

/**
 * ln of how much less steady a run is than another: of the ratio of their
 * `unsteadiness`. A run that diverged counts as ten times as unsteady.
 */
export function unsteadier(run: Run, than: Run): number {
  const lost = [run, than].map(({ status }) => status === "diverged");
  if (lost[0] || lost[1]) {
    return DIVERGENCE * (Number(lost[0]) - Number(lost[1]));
  }
  const log = (of: Run) => Math.log(Math.max(unsteadiness(of), LEAST_CHANGE));
  return log(run) - log(than);
}

/** The least ratio of changes of the test loss that is "unstable", as ln. */
export const UNSTABLE = Math.log(1.5);

/**
 * The mean error on a split over the last quarter of the evaluations, in percent: less
 * noisy than the last one. That of a run that diverged is the error before the first
 * step.
 */
export function lateError(split: string): (run: Run) => number {
  return ({ status, evaluation }) => {
    const { error } = evaluation[split]!;
    if (status === "diverged") return 100 * error[0]!;
    return 100 * mean(error.slice(-Math.max(1, Math.floor(error.length / 4))));
  };
}

/** The step sizes of some batches, as logarithms; of those that were taken. */
function logRates(run: Run, from: number, to: number): number[] {
  const { steps = [], rates = [] } = run.control ?? {};
  return rates.filter((rate, i) =>
    rate > 0 && steps[i]! >= from && steps[i]! < to
  ).map(Math.log);
}

/**
 * ln of the geometric mean of η over the last quarter of the first 800 batches (of all,
 * where there are fewer); undefined for a run that diverged before their end.
 */
export function settledRate(run: Run): number | undefined {
  const end = Math.min(SHOWN_BATCHES, stepsOf(run.plan.training));
  const last = run.control?.steps.at(-1) ?? 0;
  if (run.status === "diverged" && last < end) return undefined;
  return mean(logRates(run, 0.75 * end, end));
}

/** The standard deviation of ln η over the second half of a training. */
export function rateSpread(run: Run): number {
  const steps = stepsOf(run.plan.training);
  const rates = logRates(run, steps / 2, steps);
  const centre = mean(rates);
  return Math.sqrt(mean(rates.map((rate) => (rate - centre) ** 2)));
}

/**
 * By how much the largest η of the first quarter of a training is above the median of
 * its second half, as ln.
 */
export function initialSpike(run: Run): number {
  const steps = stepsOf(run.plan.training);
  const early = logRates(run, 0, steps / 4);
  return Math.max(...early) - median(logRates(run, steps / 2, steps));
}

/**
 * The recorded steps at which spikes of the batches' loss begin: above three times the
 * median of the thirty recorded losses before, and above a fifth of the first loss.
 * A spike lasts until the loss is below 1.5 times that median.
 */
export function spikes({ control }: Run): number[] {
  const losses = control?.losses ?? [];
  const found: number[] = [];
  let end = -1;
  for (let i = BEFORE; i < losses.length; i++) {
    const loss = losses[i]!;
    if (end >= 0) {
      if (loss < end) end = -1;
      continue;
    }
    const level = median(losses.slice(i - BEFORE, i));
    if (loss > SPIKE * level && loss > LEAST_HEIGHT * losses[0]!) {
      found.push(i);
      end = END * level;
    }
  }
  return found;
}

/**
 * ln of the step size before a spike over the median of those around, the mean over a
 * run's spikes; undefined where there is none.
 */
export function rateAtSpikes(run: Run): number | undefined {
  const rates = run.control?.rates ?? [];
  const ratios = spikes(run).map((i) => {
    const around = rates.slice(Math.max(0, i - AROUND), i + AROUND + 1);
    return Math.log(rates[i - 1]! / median(around));
  });
  return ratios.length > 0 ? mean(ratios) : undefined;
}

/** Forward-pass equivalents a step. */
export function costPerStep(run: Run): number {
  const steps = run.control?.taken ?? stepsOf(run.plan.training);
  return run.forwardPasses / steps;
}
