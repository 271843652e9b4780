/**
 * Adaptive rates: whether the second-order rule's gain is one of its arithmetic.
 *
 * @module
 */
import { tableFigure } from "../../figures/table_figure.ts";
import { tInterval } from "../../statistics/t_interval.ts";
import { type Arm, armMean, byArm, pairedDifferences } from "../comparisons.ts";
import type { CaptionedFigure, Run } from "../study.ts";
import { ADAPTIVE, FLOAT64, RELATIVE } from "./arms.ts";
import { armOf, endRates, EQUIVALENT, gain, intervalText } from "./findings.ts";
import { eventShare, LARGE, meanError, sound } from "./measures.ts";

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
  const clear = tInterval(gain(arms, ADAPTIVE)).low > 0;
  return [
    `The rule gains ${clear ? "" : "nothing clear "}in float32`,
    ...[FLOAT64, RELATIVE].map((name) => otherwise(arms, name)),
  ];
}

/** A row of the table: the rule in one arithmetic. */
function arithmeticRow(arms: ReadonlyMap<string, Arm>, name: string): string[] {
  const arm = armOf(arms, name);
  const share = (event: string) =>
    percent(armMean(arm, (run) => eventShare(run, event)));
  const left = sound(arm);
  return [
    name,
    intervalText(gain(arms, name)),
    share("degenerate denominator"),
    share("below resolution"),
    `${arm.size - left.length} of ${arm.size}`,
    left.length > 0 ? endRates(left) : "—",
  ];
}

/** The rule in float32 and in float64, with an absolute ε and a relative one. */
export function arithmeticTable(
  runs: readonly Run[],
  title: string,
): CaptionedFigure {
  const arms = byArm(runs);
  const caption =
    `Gain: the basic method's mean test error over training minus the rule's, in points, with 95 % t intervals over seeds. Below resolution: steps whose second difference of the loss is under eight spacings of its numbers. Lost: diverged, or η over ${LARGE}.`;
  return {
    caption,
    figure: tableFigure({
      title: `The rule's arithmetic, ${title}`,
      caption,
      columns: [
        { title: "rule" },
        ...["gain", "denominator 0", "below resolution", "lost", "η at the end"]
          .map((title) => ({ title, align: "right" as const })),
      ],
      rows: [ADAPTIVE, FLOAT64, RELATIVE].map((name) =>
        arithmeticRow(arms, name)
      ),
    }),
  };
}
