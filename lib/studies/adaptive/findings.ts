/**
 * Adaptive rates: claims of several parts, and the two explanations that are tested
 * beside the claims.
 *
 * @module
 */
import { type Arm, armMean, pairedDifferences } from "../comparisons.ts";
import { jointly, judge } from "../statistics.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Finding, type Run, tested } from "../study.ts";
import { ADAPTIVE, BASIC, CONTROL, RELEASED } from "./arms.ts";
import { endRate, errorAtCost, LARGE, meanError, sound } from "./measures.ts";

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
      ...jointly(judged),
      interval: shown!.interval,
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
export function gain(
  arms: ReadonlyMap<string, Arm>,
  name: string,
): number[] {
  return pairedDifferences(armOf(arms, BASIC), armOf(arms, name), meanError);
}

/** Within how many points a difference is none. */
export const EQUIVALENT = 1;

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

/** Where runs' rates end, as text. */
export function endRates(runs: readonly Run[]): string {
  const rates = runs.map((run) => Math.exp(endRate(run)));
  return `${short(Math.min(...rates))} to ${short(Math.max(...rates))}`;
}

/** How many of an arm's runs were lost, and where the rates of the others end. */
export function fate(arm: Arm): string {
  const left = sound(arm);
  const lost = arm.size - left.length;
  if (lost === 0) return `no run lost, η at the end ${endRates(left)}`;
  return `${lost} of ${arm.size} runs lost (diverged, or η over ${LARGE})${
    left.length > 0 ? `, η at the end of the others ${endRates(left)}` : ""
  }`;
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
