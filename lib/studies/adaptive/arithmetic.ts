/**
 * Adaptive rates: whether the second-order rule's gain is one of its arithmetic.
 *
 * @module
 */
import { tInterval } from "../../statistics/t_interval.ts";
import { type Arm, armMean, pairedDifferences } from "../comparisons.ts";
import { ADAPTIVE, FLOAT64, RELATIVE } from "./arms.ts";
import { armOf, EQUIVALENT, fate, gain, intervalText } from "./findings.ts";
import { eventShare, meanError } from "./measures.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** How the rule fares otherwise than in float32 with an absolute ε. */
function otherwise(arms: ReadonlyMap<string, Arm>, name: string): string {
  const differences = pairedDifferences(
    armOf(arms, name),
    armOf(arms, ADAPTIVE),
    meanError,
  );
  const { low, high } = tInterval(differences);
  const gains = tInterval(gain(arms, ADAPTIVE)).low > 0;
  const conclusion = low > 0
    ? `it does worse so${gains ? ": its gain goes with the rounding" : ""}`
    : high < 0
    ? "it does better so"
    : low > -EQUIVALENT && high < EQUIVALENT
    ? "the same, to within a point"
    : "whether that matters is not decided";
  return `${name}, minus the rule in float32 with an absolute ε: ${
    intervalText(differences)
  } points of mean test error over training: ${conclusion}`;
}

/** What the arithmetic makes of the second-order rule. */
export function arithmeticNotes(arms: ReadonlyMap<string, Arm>): string[] {
  const shares = [ADAPTIVE, FLOAT64, RELATIVE].map((name) => {
    const arm = armOf(arms, name);
    const share = (event: string) =>
      percent(armMean(arm, (run) => eventShare(run, event)));
    return `${name}: basic minus its mean test error over training ${
      intervalText(gain(arms, name))
    } points, denominator 0 in ${
      share("degenerate denominator")
    } of the steps, below eight spacings of the loss in ${
      share("below resolution")
    }, ${fate(arm)}`;
  });
  const clear = tInterval(gain(arms, ADAPTIVE)).low > 0;
  return [
    ...shares,
    `The rule gains ${clear ? "" : "nothing clear "}in float32`,
    ...[FLOAT64, RELATIVE].map((name) => otherwise(arms, name)),
  ];
}
