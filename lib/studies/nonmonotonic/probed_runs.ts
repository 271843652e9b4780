/**
 * The probed runs of a schedule, at the rate that suits it.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { byArm, chosenOnValidation } from "../comparisons.ts";
import type { Run } from "../study.ts";
import { edgeNote } from "./grid_edge.ts";
import {
  probedArm,
  type ProbedSchedule,
  probeSettings,
} from "./probe_plans.ts";
import { settings } from "./settings.ts";

/** Notes where a chosen rate is the edge of those that were tried. */
export function probedEdges(runs: readonly Run[], scale: Scale): string[] {
  const { rates } = settings[scale];
  return (["step", "Gaussian"] as const).flatMap((schedule) =>
    edgeNote(schedule, chosenRate(runs, schedule, scale), rates)
  );
}

/** The rate that suits a schedule on the validation split. */
function chosenRate(
  runs: readonly Run[],
  schedule: "step" | "Gaussian",
  scale: Scale,
): number {
  const { rates } = settings[scale];
  const names = rates.map((rate) => probedArm(schedule, rate));
  return rates[names.indexOf(chosenOnValidation(byArm(runs), names))]!;
}

/**
 * The runs of a schedule, at the rate that suits it on the validation split; the
 * control's are those of the Gaussian's rate, or of the largest where there is none.
 */
export function bestOf(
  runs: readonly Run[],
  schedule: ProbedSchedule,
  scale: Scale,
): Run[] {
  const { controls } = probeSettings[scale];
  const own = chosenRate(
    runs,
    schedule === "step" ? "step" : "Gaussian",
    scale,
  );
  const rate = schedule !== "step of equal area" || controls.includes(own)
    ? own
    : Math.max(...controls);
  return [...byArm(runs).get(probedArm(schedule, rate))!.values()];
}
