/**
 * Loss decay, figure 1: its networks, the methods that train them, and their runs.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { type Arm, type Best, bestArm } from "../comparisons.ts";
import type { RunPlan, TrainingPlan } from "../plan.ts";
import {
  type ArmPlan,
  decreasingRate,
  fixedRate,
  lineWeight,
  weightedPlans,
} from "./arms.ts";
import { type PlainSettings, settings } from "./settings.ts";

/**
 * How a network is trained, by its rate. The last is no method of the paper's: it tells
 * what falling to 0 does by itself.
 */
const METHODS = {
  "normal": (rate) => ({ learningRate: fixedRate(rate) }),
  "loss decay": (rate) => ({
    learningRate: fixedRate(rate),
    gradientWeight: lineWeight(2),
  }),
  "rate 2η → 0": (rate) => ({ learningRate: decreasingRate(rate) }),
} as const satisfies Record<string, (rate: number) => ArmPlan>;

/** The name of a method. */
export type Method = keyof typeof METHODS;

/** All methods. */
export const methods = Object.keys(METHODS) as Method[];

/** A network's name. */
export function networkName({ model }: TrainingPlan): string {
  return `${model.depth} layers${
    model.normalised === false ? " without normalisation" : ""
  }`;
}

const arm = (training: TrainingPlan, method: Method, rate: number) =>
  `${networkName(training)}, ${method}, ${rate}`;

/** A network's arms of one method. */
export function armsOf(
  { training, rates }: PlainSettings,
  method: Method,
): string[] {
  return rates.map((rate) => arm(training, method, rate));
}

/** The networks of a scale: with batch normalisation, and without. */
export function variantsOf(
  scale: Scale,
): Readonly<Record<string, readonly [PlainSettings, PlainSettings]>> {
  const { plain, unnormalised } = settings[scale];
  return {
    "with batch normalisation": plain,
    "without normalisation": unnormalised,
  };
}

/** Every method at every rate. */
export function networkPlans(
  { training, rates }: PlainSettings,
  seeds: number,
): RunPlan[] {
  const arms = rates.flatMap((rate) =>
    methods.map((method) =>
      [arm(training, method, rate), METHODS[method](rate)] as const
    )
  );
  return weightedPlans(training, Object.fromEntries(arms), seeds);
}

/** The runs of a network and a method, at their best rate. */
export function best(
  arms: ReadonlyMap<string, Arm>,
  network: PlainSettings,
  method: Method,
): Best {
  return bestArm(arms, armsOf(network, method));
}
