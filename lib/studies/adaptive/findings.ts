/**
 * Adaptive rates: claims of several parts, and the two explanations that are tested
 * beside the claims.
 *
 * @module
 */
import { type Arm, armMean, pairedDifferences } from "../comparisons.ts";
import { judge, together } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, tested } from "../study.ts";
import {
  ADAPTIVE,
  BASIC,
  CONTROL,
  FLOAT64,
  RELATIVE,
  RELEASED,
} from "./arms.ts";
import { errorAtCost, eventShare, meanError } from "./measures.ts";

/** A part of a claim: one number a seed, positive if it holds. */
export interface Part {
  /** What the numbers are. */
  name: string;
  /** One a seed. */
  differences: readonly number[];
  /** The least that would matter. */
  smallestEffect: number;
}

/** A number as text. */
function short(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

/** Mean and interval as text. */
export function intervalText(values: readonly number[]): string {
  const { mean, low, high } = tInterval(values);
  return `${short(mean)} [${short(low)}, ${short(high)}]`;
}

/** A claim holds if its parts do; the first is the one that is shown. */
export function judgedParts(
  parts: readonly [Part, ...Part[]],
  unit: string,
  notes: string[],
): Finding {
  const judged = parts.map(({ name, differences, smallestEffect }) => ({
    name,
    smallestEffect,
    ...judge(differences, smallestEffect),
  }));
  const [shown] = judged;
  return tested(
    {
      verdict: together(judged.map(({ verdict }) => verdict)),
      interval: shown!.interval,
      p: Math.max(...judged.map(({ p }) => p)),
    },
    unit,
    shown!.name +
      (parts.length > 1 ? `; the claim has ${parts.length} parts` : ""),
    [
      ...parts.map(({ name, differences }, i) =>
        `${name}: ${judged[i]!.verdict}, ${
          intervalText(differences)
        }, at least ${short(judged[i]!.smallestEffect)} would matter`
      ),
      ...notes,
    ],
  );
}

/** The arm of a name. */
export function armOf(arms: ReadonlyMap<string, Arm>, name: string): Arm {
  return arms.get(name)!;
}

/** How much less a method's mean test error over training is than that of the basic one. */
function gain(arms: ReadonlyMap<string, Arm>, name: string): number[] {
  return pairedDifferences(armOf(arms, BASIC), armOf(arms, name), meanError);
}

/** Within how many points a difference is none. */
const EQUIVALENT = 1;

/** Whether four updates a batch are what the released program gains by. */
export function aliasingNotes(arms: ReadonlyMap<string, Arm>): string[] {
  const released = gain(arms, RELEASED);
  const rest = pairedDifferences(
    armOf(arms, CONTROL),
    armOf(arms, RELEASED),
    meanError,
  );
  const { low, high } = tInterval(rest);
  const conclusion = tInterval(released).low <= 0
    ? "there is no clear gain to explain"
    : low > -EQUIVALENT && high < EQUIVALENT
    ? "four updates a batch at a fixed rate account for the gain of the released program, to within a point"
    : low > 0
    ? "four updates a batch account for a part of the gain of the released program, not for all of it"
    : high < 0
    ? "four updates a batch at a fixed rate do better than the released program"
    : "whether four updates a batch account for the gain is not decided to within a point";
  return [
    `Trials that are not undone: mean test error over training, basic minus the released program's, ${
      intervalText(released)
    } points; minus that of a fixed rate with four updates a batch, ${
      intervalText(gain(arms, CONTROL))
    }; minus the rule's with trials undone, ${
      intervalText(gain(arms, ADAPTIVE))
    }. Four updates minus the released program: ${
      intervalText(rest)
    }: ${conclusion}`,
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What the arithmetic makes of the second-order rule. */
export function arithmeticNotes(arms: ReadonlyMap<string, Arm>): string[] {
  const shares = [ADAPTIVE, FLOAT64, RELATIVE].map((name) => {
    const arm = armOf(arms, name);
    const share = (event: string) =>
      percent(armMean(arm, (run) => eventShare(run, event)));
    const diverged = [...arm.values()].filter(isLost).length;
    return `${name}: basic minus its mean test error over training ${
      intervalText(gain(arms, name))
    } points, denominator 0 in ${
      share("degenerate denominator")
    } of the steps, below eight spacings of the loss in ${
      share("below resolution")
    }, η over ${LARGE} or not finite in ${diverged} of ${arm.size} runs`;
  });
  const single = tInterval(gain(arms, ADAPTIVE));
  const double = tInterval(gain(arms, FLOAT64));
  const conclusion = single.low <= 0
    ? "The rule gains nothing clear in float32"
    : double.low > 0
    ? "The gain is there in float64 too: rounding is not what it rests on"
    : "The gain is clear in float32 and not in float64: it goes with the rounding of the loss";
  return [...shares, conclusion];
}

/** A rate that no network here is trained with. */
const LARGE = 1000;

/** Whether a run diverged, or its rate did. */
export function isLost({ status, control }: Run): boolean {
  return status === "diverged" ||
    (control?.rates ?? []).some((rate) => !(rate <= LARGE));
}

/** The test errors when the basic method has spent all that it spends. */
export function equalCostNotes(
  arms: ReadonlyMap<string, Arm>,
  names: readonly string[],
): string[] {
  if (names.length === 0) return [];
  const basic = armOf(arms, BASIC);
  const budget = armMean(basic, (run) => run.forwardPasses);
  return names.map((name) =>
    `At ${
      Math.round(budget)
    } forward-pass equivalents, all that the basic method spends: basic minus ${name}, ${
      intervalText(pairedDifferences(
        basic,
        armOf(arms, name),
        (run) => errorAtCost(run, budget),
      ))
    } points of test error`
  );
}
