/**
 * Adaptive rates: runs that learned nothing.
 *
 * @module
 */
import type { Arm } from "../comparisons.ts";
import { endRates } from "./findings.ts";
import { errors, isLost, lastError } from "./measures.ts";

/** Within how many points of the error before the first step nothing was learned. */
const UNLEARNED = 2;

/** Says which runs of an arm learned nothing, if any. */
export function unlearned(name: string, arm: Arm): string[] {
  const dead = [...arm.values()].filter((run) =>
    errors(run, "test")[0]! - lastError(run) < UNLEARNED
  );
  if (dead.length === 0) return [];
  const standing = dead.filter((run) => run.control && !isLost(run));
  return [
    `${name}: ${dead.length} of ${arm.size} runs learned nothing: their last test error is within two points of that before the first step${
      standing.length > 0
        ? `; η at the end of those that did not diverge: ${endRates(standing)}`
        : ""
    }`,
  ];
}
