/**
 * LOSSGRAD, figures 1 and 2: steps of a real training, and the loss along them.
 *
 * @module
 */
import { lossAt } from "../../training/line_profile.ts";
import type { Scale } from "../catalogue.ts";
import { controlledPlans, type RunPlan } from "../plan.ts";
import type { Run } from "../study.ts";
import { LOSSGRAD, lossgradSpec } from "./arms.ts";
import { settings } from "./settings.ts";

/** The step sizes at which the loss is looked at. */
const RATES = Array.from({ length: 41 }, (_, i) => i / 64);

/** A step, and the loss along its gradient. */
export interface RealStep {
  /** The epoch that it begins, from 0. */
  epoch: number;
  /** Its step size h. */
  rate: number;
  /** g·g. */
  gradientSquared: number;
  /** f at `rates`, as far as is worth drawing: to about 2h. */
  profile: { rates: number[]; losses: number[] };
  /** f(h): as the step found it, or between its neighbours of the profile. */
  reached: number;
  /** Whether f(h) is what the step found. */
  exact: boolean;
}

/** The training whose steps are drawn: one run of LOSSGRAD on the MLP. */
export function realStepPlans(scale: Scale): RunPlan[] {
  const training = settings[scale].mlp;
  const every = Math.floor(training.data.train / training.batchSize);
  return controlledPlans(
    { ...training, recordEvery: every, profile: { every, rates: RATES } },
    { [LOSSGRAD]: lossgradSpec({ initial: 0.05 }) },
    1,
  );
}

/** The value at x of what is straight between points. */
function between(xs: readonly number[], ys: readonly number[], x: number) {
  const right = Math.max(1, xs.findIndex((at) => at >= x));
  const [a, b] = [xs[right - 1]!, xs[right]!];
  return ys[right - 1]! + (ys[right]! - ys[right - 1]!) * (x - a) / (b - a);
}

/** The first steps of the epochs. */
export function realSteps({ measured = {}, control, plan }: Run): RealStep[] {
  const every = plan.training.profile?.every ?? 1;
  const squares = measured.gradientSquared ?? [];
  return squares.flatMap((gradientSquared, epoch) => {
    const at = control?.steps.indexOf(epoch * every) ?? -1;
    const rate = control?.rates[at];
    if (rate === undefined || rate > RATES.at(-1)!) return [];
    const losses = RATES.map((x) => measured[lossAt(x)]![epoch]!);
    const shown = RATES.filter((x, i) => i < 3 || x <= 2 * rate + RATES[1]!);
    const decrease = control?.decreases?.[at] ?? undefined;
    const reached = decrease === undefined
      ? between(RATES, losses, rate)
      : losses[0]! - decrease;
    return [{
      epoch,
      rate,
      gradientSquared,
      profile: { rates: shown, losses: losses.slice(0, shown.length) },
      reached,
      exact: decrease !== undefined,
    }];
  });
}

/**
 * (f(h) − f(0) + h·g·g) / (h·g·g): 0 where the line is straight; above ½ the parabola
 * rises at h.
 */
export function excess(
  { rate, gradientSquared, reached, profile }: RealStep,
): number {
  const decrease = rate * gradientSquared;
  return (reached - profile.losses[0]! + decrease) / decrease;
}

/** The step that misses nearest to a share of the predicted decrease. */
export function nearestTo(
  share: number,
  steps: readonly RealStep[],
): RealStep | undefined {
  const distance = (step: RealStep) => Math.abs(excess(step) - share);
  return steps.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** Where f(h) of steps is from, and how the run ended that they are of. */
export function remarks(
  runs: readonly Run[],
  steps: readonly RealStep[],
): string[] {
  const [run] = runs;
  const straight = steps.some(({ exact }) => !exact);
  return [
    ...straight
      ? [
        `f(h) is read on straight lines between points that are ${
          RATES[1]
        } apart`,
      ]
      : [],
    ...run?.status === "diverged"
      ? [`The run diverged at step ${(run.control?.taken ?? 1) - 1}`]
      : [],
  ];
}
