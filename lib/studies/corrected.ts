/**
 * Findings of a paper, corrected for the number of its claims.
 *
 * @module
 */
import { holm } from "../statistics/holm.ts";
import type { Finding } from "./study.ts";

/** Whether a verdict is one that Holm's correction may take away. */
function isAnswer({ verdict, twoAnswers }: Finding): boolean {
  return verdict === "reproduced" ||
    twoAnswers === true && verdict === "contradicted";
}

/**
 * The findings of a paper's rows, corrected for their number: verdicts that do not
 * survive Holm's correction over its claims are open.
 *
 * @param findings One a row; rows that were not run have none.
 */
export function corrected(
  findings: readonly (Finding | undefined)[],
): (Finding | undefined)[] {
  const tested = findings.flatMap((finding, i) =>
    finding?.p === undefined ? [] : [i]
  );
  const kept = holm(tested.map((i) => findings[i]!.p!));
  return findings.map((finding, i) => {
    const at = tested.indexOf(i);
    if (!finding || !isAnswer(finding) || at < 0 || kept[at]) return finding;
    return {
      ...finding,
      verdict: "inconclusive",
      reason: `${finding.reason}; open after Holm's correction`,
      notes: [
        ...finding.notes,
        `The interval alone would say ${finding.verdict}; it does not after Holm's correction over this paper's claims.`,
      ],
    };
  });
}
