/**
 * Nonmonotonic schedules, tables 2 to 4: their runs.
 *
 * @module
 */
import {
  type Best,
  bestArm,
  byArm,
  finalError,
  finalTopError,
  pairedDifferences,
} from "../comparisons.ts";
import type { RunPlan, TrainingPlan } from "../plan.ts";
import type { Run } from "../study.ts";
import type { MakeSchedule, TableNetwork } from "./networks.ts";

/** The rates of a network's two schedules. */
function ratesOf({ starts, peaks }: TableNetwork) {
  return { step: starts, Gaussian: peaks };
}

type Method = keyof ReturnType<typeof ratesOf>;

const arm = ({ name }: TableNetwork, method: Method, rate: number) =>
  `${name}, ${method}, ${rate}`;

/** The name of the network that a run is of; names may have commas of their own. */
export const networkOf = ({ plan }: Run): string =>
  plan.arm.split(", ").slice(0, -2).join(", ");

/** The plans of a network: both schedules at all their rates. */
export function tablePlans(network: TableNetwork, seeds: number): RunPlan[] {
  const { step, gaussian, gaussianEpochs } = network;
  const { training } = network;
  const longer = { ...training, epochs: gaussianEpochs ?? training.epochs };
  const methods: Record<Method, [MakeSchedule, TrainingPlan]> = {
    step: [step, training],
    Gaussian: [gaussian, longer],
  };
  const arms = Object.entries(ratesOf(network)).flatMap(([method, rates]) => {
    const [make, own] = methods[method as Method];
    return rates.map((rate) => ({
      arm: arm(network, method as Method, rate),
      training: own,
      learningRate: make(own, rate),
    }));
  });
  return Array.from(
    { length: seeds },
    (_, seed) => arms.map((plan) => ({ ...plan, seed })),
  ).flat();
}

/** A network's runs. */
export interface Compared {
  network: TableNetwork;
  /** At the rates that suit them; names are such as `step from 0.1`. */
  step: Best;
  gaussian: Best;
}

/** The network with the stand-in that its runs are on; without any on its own data. */
function onDataOf(
  runs: readonly Run[],
  { standIn, ...network }: TableNetwork,
): TableNetwork {
  const { data } = network.training;
  const run = runs.find((run) => networkOf(run) === network.name);
  const isReal = data.standIn !== undefined &&
    run?.plan.training.data.dataset === data.dataset;
  return standIn === undefined || isReal ? network : { ...network, standIn };
}

/** The runs of a network, each schedule at its best rate. */
export function compared(
  runs: readonly Run[],
  network: TableNetwork,
): Compared {
  const arms = byArm(runs);
  const choose = (method: Method, words: string): Best => {
    const rates = ratesOf(network)[method];
    const names = rates.map((rate) => arm(network, method, rate));
    const found = bestArm(arms, names);
    return { ...found, name: `${words} ${rates[names.indexOf(found.name)]}` };
  };
  return {
    network: onDataOf(runs, network),
    step: choose("step", "steps from"),
    gaussian: choose("Gaussian", "Gaussian up to"),
  };
}

/** The last test error in percent, of as many highest outputs as the paper counts. */
export function errorOf({ training: { top } }: TableNetwork) {
  return top === undefined ? finalError("test") : finalTopError("test");
}

/** Test error without minus with the Gaussian, in points, one number a seed. */
export function gains({ network, step, gaussian }: Compared): number[] {
  return pairedDifferences(step.chosen, gaussian.chosen, errorOf(network));
}
