/**
 * Adaptive rates: what an arm's runs came to, as text.
 *
 * @module
 */
import { type Arm, armMean, finalError } from "../comparisons.ts";
import { fate } from "./findings.ts";
import { eventShare } from "./measures.ts";

/** What an arm's runs came to. */
export function armCourse(name: string, arm: Arm): string {
  return `${name}: last test error ${
    armMean(arm, finalError("test")).toFixed(2)
  } %, denominator 0 in ${
    (100 * armMean(arm, (run) => eventShare(run, "degenerate denominator")))
      .toFixed(1)
  } % of the steps, negative rate in ${
    (100 * armMean(arm, (run) => eventShare(run, "negative step size")))
      .toFixed(1)
  } %, ${fate(arm)}`;
}
