/**
 * Adaptive rates: softmax regression on all of MNIST against the numbers that the
 * authors' program wrote.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, armMean, byArm } from "../comparisons.ts";
import { controlledPlans, type RunPlan } from "../plan.ts";
import type { Run } from "../study.ts";
import { basicPlans, secondOrder } from "./arms.ts";
import { ofTraining } from "./measures.ts";
import { settings } from "./settings.ts";

/** What the program wrote after an epoch. */
interface Released {
  /** Share of the test images that are classified. */
  accuracy: number;
  /** Mean rate of the epoch. */
  rate: number;
}

const FIXED = "basic, released setting";
const FIRST_ORDER = "first order, released setting";
const SECOND_ORDER = "adaptive, released setting";

/**
 * Test accuracy and mean rate of epoch 1 in the result files beside the program
 * (repository Ravoxsg/AdaptiveLROptimizer, one run a method).
 */
const RELEASED: Readonly<Record<string, Released>> = {
  [FIXED]: { accuracy: 0.9097, rate: 0.1 },
  [FIRST_ORDER]: { accuracy: 0.9147, rate: 0.10462 },
  [SECOND_ORDER]: { accuracy: 0.911, rate: 0.08354 },
};

/** How far an accuracy may be from the released one. */
export const ACCURACY_BAND = 0.003;

/** How far the first-order rate may be from the released one, as a share of it. */
export const RATE_BAND = 0.02;

/** The three methods with the program's settings. */
export function releasedPlans(scale: Scale, seeds: number): RunPlan[] {
  const { released } = settings[scale];
  return [
    ...basicPlans(released, 0.1, seeds, FIXED),
    ...controlledPlans(released, {
      [FIRST_ORDER]: { kind: "firstOrder", initial: 0.1 },
      [SECOND_ORDER]: secondOrder(0.01),
    }, seeds),
  ];
}

const within = (yes: boolean) => yes ? "within" : "outside";

/** The range of a quantity over an arm's seeds. */
function range(arm: Arm, quantity: (run: Run) => number): string {
  const values = [...arm.values()].map(quantity);
  return `${Math.min(...values).toPrecision(3)} to ${
    Math.max(...values).toPrecision(3)
  }`;
}

/** How the first epoch compares with the released numbers; nothing on other data. */
export function releasedNotes(runs: readonly Run[], scale: Scale): string[] {
  const { released } = settings[scale];
  if (released.data.dataset !== "mnist") return [];
  const own = ofTraining(runs, released);
  return [...byArm(own)].flatMap(([name, arm]) => {
    const known = RELEASED[name];
    if (known === undefined) return [];
    const rate = armMean(arm, (run) => run.epochMeans.learningRate[0]!);
    const accuracy = armMean(
      arm,
      (run) => 1 - run.evaluation.test!.error[1]!,
    );
    const near = Math.abs(accuracy - known.accuracy) <= ACCURACY_BAND;
    const text =
      `Against the released numbers, epoch 1 on 60,000 images, ${name}: test accuracy ${
        accuracy.toFixed(4)
      }, released ${known.accuracy} (${within(near)} ${ACCURACY_BAND})`;
    if (name === FIXED) return [text];
    const rates = `${text}; mean rate ${rate.toPrecision(4)}, over the seeds ${
      range(arm, (run) => run.epochMeans.learningRate[0]!)
    }, released ${known.rate}`;
    if (name === SECOND_ORDER) return [rates];
    const close = Math.abs(rate / known.rate - 1) <= RATE_BAND;
    return [`${rates} (${within(close)} ${100 * RATE_BAND} %)`];
  });
}
