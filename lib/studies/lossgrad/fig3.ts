/**
 * LOSSGRAD, figure 3: many first step sizes.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, byArm } from "../comparisons.ts";
import { controlledPlans } from "../plan.ts";
import { type Interval, tInterval } from "../../statistics/t_interval.ts";
import type { Finding, Run, StudyItem } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { lossgradSpec, VARIANTS, variantSpec } from "./arms.ts";
import { finalLoss, settledRate } from "./courses.ts";
import { lossFigure, rateFigure, resultTable } from "./pictures.ts";
import { INITIAL, settings } from "./settings.ts";

/** Step sizes are the same if they differ by less than this factor. */
const SAME = 2;

/** The least range of first step sizes, in decades, that is "whatever the start". */
const SMALLEST_RANGE = 4;

const arm = (initial: number, variant?: keyof typeof VARIANTS) =>
  `${variant ? `${VARIANTS[variant]}, ` : ""}from ${initial}`;

function variantArms(scale: Scale) {
  const { variantInitials } = settings[scale];
  return (["released-code", "corrected"] as const).flatMap((variant) =>
    variantInitials.map((initial) => ({
      name: arm(initial, variant),
      spec: variantSpec(variant, scale, initial),
    }))
  );
}

/** ln of the settled step size over that from the paper's start, by seeds. */
function differences(one: Arm, reference: Arm): number[] {
  return [...one].flatMap(([seed, run]) => {
    const a = settledRate(run);
    const b = reference.has(seed)
      ? settledRate(reference.get(seed)!)
      : undefined;
    return a === undefined || b === undefined ? [] : [a - b];
  });
}

/** Whether a start settles where the paper's does: all its runs, and within `SAME`. */
function settlesAlike(one: Arm, reference: Arm): boolean {
  const found = differences(one, reference);
  if (found.length < one.size || found.length < 2) return false;
  const { low, high } = tInterval(found);
  return low > -Math.log(SAME) && high < Math.log(SAME);
}

function settledText(name: string, one: Arm): string {
  const values = [...one.values()].map(settledRate).filter((v) =>
    v !== undefined
  );
  const lost = one.size - values.length;
  const note = lost > 0 ? `; ${lost} of ${one.size} runs diverged` : "";
  if (values.length < 2) return `${name}: no settled step size${note}`;
  const { mean, low, high }: Interval = tInterval(values);
  const text = (value: number) => Math.exp(value).toPrecision(3);
  const loss = [...one.values()].map(finalLoss("test"));
  return `${name}: settles at ${text(mean)} [${text(low)}, ${
    text(high)
  }], test loss ${
    (loss.reduce((a, b) => a + b, 0) / loss.length).toPrecision(4)
  }${note}`;
}

function judgeRange(runs: readonly Run[], scale: Scale): Finding {
  const { initials } = settings[scale];
  const arms = byArm(runs);
  const reference = arms.get(arm(INITIAL))!;
  const alike = initials.map((initial) =>
    initial === INITIAL || settlesAlike(arms.get(arm(initial))!, reference)
  );
  // The starts around the paper's without a gap.
  let [first, last] = [initials.indexOf(INITIAL), initials.indexOf(INITIAL)];
  while (alike[first - 1]) first--;
  while (alike[last + 1]) last++;
  const decades = Math.log10(initials[last]! / initials[first]!);
  return {
    measured: {
      value: `${initials[first]} to ${initials[last]}`,
      interval: null,
    },
    verdict: decades >= SMALLEST_RANGE ? "reproduced" : "contradicted",
    reason: `first step sizes, of ${initials[0]} to ${
      initials.at(-1)
    }, whose mean over batches 600 to 800 is that from ${INITIAL} within a factor of ${SAME} (95 % interval over seeds); the claim is judged by whether they span ${SMALLEST_RANGE} decades`,
    notes: [...arms].map(([name, one]) => settledText(name, one)),
  };
}

/** Step sizes of the first 800 batches and test losses, from many first step sizes. */
export const fig3: StudyItem = {
  item: "fig3",
  headline: true,
  plans(scale, seeds = settings[scale].seeds) {
    const { cnn, initials } = settings[scale];
    return controlledPlans(
      cnn,
      Object.fromEntries([
        ...initials.map((initial) => [arm(initial), lossgradSpec({ initial })]),
        ...variantArms(scale).map(({ name, spec }) => [name, spec]),
      ]),
      seeds,
    );
  },
  judge: judgedAt(judgeRange),
  figures(runs, scale) {
    const names = settings[scale].initials.map((initial) => arm(initial));
    return [
      rateFigure(runs, {
        title: "Step sizes of the first 800 batches",
        names,
        ordered: true,
      }),
      lossFigure(runs, {
        title: "Test loss from many first step sizes",
        names,
        ordered: true,
      }),
      rateFigure(runs, {
        title: "The variants from several first step sizes",
        names: variantArms(scale).map(({ name }) => name),
      }),
      resultTable(runs, { title: "LOSSGRAD from many first step sizes" }),
    ];
  },
};
