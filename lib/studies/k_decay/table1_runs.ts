/**
 * k-decay, table 1: its runs, by network and schedule.
 *
 * @module
 */
import {
  type Arm,
  byArm,
  chosenArm,
  chosenOnValidation,
  finalError,
  pairedDifferences,
} from "../comparisons.ts";
import { pairedPlans, type RunPlan } from "../plan.ts";
import type { Run } from "../study.ts";
import { kName, SGDR, STEP, type TableNetwork } from "./networks.ts";

/** What the best k is measured against. */
export const BASELINES: readonly string[] = [kName(1), STEP, SGDR];

/** A network's schedule as an arm of the table. */
export function tableArm({ name }: TableNetwork, schedule: string): string {
  return `${name}, ${schedule}`;
}

/** The plans of one network, of all its schedules or of some. */
export function tablePlans(
  network: TableNetwork,
  seeds: number,
  schedules: readonly string[] = Object.keys(network.schedules),
): RunPlan[] {
  return pairedPlans(
    network.training,
    Object.fromEntries(
      schedules.map((name) => [
        tableArm(network, name),
        network.schedules[name]!,
      ]),
    ),
    seeds,
  );
}

/** A network's runs. */
export interface Compared {
  network: TableNetwork;
  /** By the names of its schedules. */
  arms: ReadonlyMap<string, Arm>;
  /** The k > 1 that is best on the validation split. */
  best: string;
}

/** The schedules with k > 1. */
const above = ({ ks }: TableNetwork) => ks.filter((k) => k > 1).map(kName);

/** The runs of a network, and its best k. */
export function compared(
  runs: readonly Run[],
  network: TableNetwork,
): Compared {
  const all = byArm(runs);
  const arms = new Map(
    Object.keys(network.schedules).map((name) => [
      name,
      all.get(tableArm(network, name))!,
    ]),
  );
  return { network, arms, best: chosenOnValidation(arms, above(network)) };
}

/**
 * Error of a baseline minus that of the best k > 1, one number a seed, for which the
 * others choose.
 */
export function gains(
  { network, arms }: Compared,
  baseline: string,
): number[] {
  return pairedDifferences(
    arms.get(baseline)!,
    chosenArm(arms, above(network)),
    finalError("test"),
  );
}
