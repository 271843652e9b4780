/**
 * LOSSGRAD, figure 3: many first step sizes.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, byArm } from "../comparisons.ts";
import { comesToTheSame } from "../equivalence.ts";
import { controlledPlans } from "../plan.ts";
import { type Interval, tInterval } from "../../statistics/t_interval.ts";
import type { Verdict } from "../statistics.ts";
import type { Finding, Run, StudyItem } from "../study.ts";
import { judgedAt } from "../verdict.ts";
import { lossgradSpec, VARIANTS, variantSpec } from "./arms.ts";
import { finalLoss, settledRate, SHOWN_BATCHES } from "./courses.ts";
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

function settledText(name: string, one: Arm): string {
  const values = [...one.values()].map(settledRate).filter((v) =>
    v !== undefined
  );
  const lost = one.size - values.length;
  const note = lost > 0
    ? `; ${lost} of ${one.size} runs diverged before batch ${SHOWN_BATCHES}`
    : "";
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

/** The widest range around the paper's start, without a gap, of what passes. */
function rangeOf(
  initials: readonly number[],
  passes: (initial: number) => boolean,
): [first: number, last: number] {
  let first = initials.indexOf(INITIAL);
  let last = first;
  while (first > 0 && passes(initials[first - 1]!)) first--;
  while (last + 1 < initials.length && passes(initials[last + 1]!)) last++;
  return [initials[first]!, initials[last]!];
}

const decades = ([first, last]: readonly [number, number]) =>
  Math.log10(last / first);

function judgeRange(runs: readonly Run[], scale: Scale): Finding {
  const { initials } = settings[scale];
  const arms = byArm(runs);
  const reference = arms.get(arm(INITIAL))!;
  const others = initials.filter((initial) => initial !== INITIAL);
  const compared = new Map(others.map((initial) => [
    initial,
    comesToTheSame(
      arms.get(arm(initial))!,
      reference,
      settledRate,
      Math.log(SAME),
    ),
  ]));
  const is = (...verdicts: Verdict[]) => (initial: number) =>
    verdicts.includes(compared.get(initial)!.verdict);
  const range = rangeOf(initials, is("reproduced"));
  const most = rangeOf(initials, is("reproduced", "inconclusive"));
  const [first, last] = range;
  const within = others.filter((initial) =>
    initial >= first && initial <= last
  );
  const names = (...verdicts: Verdict[]) =>
    others.filter(is(...verdicts)).join(", ");
  const open = names("inconclusive");
  return {
    measured: { value: `${first} to ${last}`, interval: null },
    verdict: decades(range) >= SMALLEST_RANGE
      ? "reproduced"
      : decades(most) < SMALLEST_RANGE
      ? "contradicted"
      : "inconclusive",
    p: Math.max(
      ...within.map((initial) => compared.get(initial)!.p),
      within.length > 0 ? 0 : 1,
    ),
    reason: `first step sizes, of ${initials[0]} to ${
      initials.at(-1)
    }, whose mean over batches 600 to 800 is that from ${INITIAL} within a factor of ${SAME} (95 % interval over seeds); the claim is judged by whether they span ${SMALLEST_RANGE} decades${
      open ? `; open: ${open}` : ""
    }`,
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
