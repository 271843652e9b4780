/**
 * Loss decay, figures 4b and 4c: methods that are tried at the same rates.
 *
 * @module
 */
import type { Scale } from "../catalogue.ts";
import { errorCurves } from "../charts.ts";
import { type Arm, type Best, bestArm } from "../comparisons.ts";
import type { RunPlan, TrainingPlan } from "../plan.ts";
import type { CaptionedFigure, Run } from "../study.ts";
import {
  type ArmPlan,
  fixedRate,
  lateWeight,
  piecewiseRate,
  randomWeight,
  weightedPlans,
} from "./arms.ts";
import { settings } from "./settings.ts";

/** What is compared, by what it does with a rate. */
const METHODS = {
  "figure 4a's weight": (rate: number): ArmPlan => ({
    learningRate: fixedRate(rate),
    gradientWeight: lateWeight,
  }),
  "piecewise rate": (rate: number): ArmPlan => ({
    learningRate: piecewiseRate(rate),
  }),
  "random gradient": (rate: number): ArmPlan => ({
    learningRate: fixedRate(rate),
    gradientWeight: randomWeight,
  }),
};

/** The name of a method. */
export type Method = keyof typeof METHODS;

/** The name of a method at a rate. */
export const methodArm = (method: Method, rate: number): string =>
  `${method}, ${rate}`;

/** Methods at all rates of a scale. */
export function methodPlans(
  training: TrainingPlan,
  methods: readonly Method[],
  scale: Scale,
  seeds: number,
): RunPlan[] {
  const arms = methods.flatMap((method) =>
    settings[scale].rates.map((rate) =>
      [methodArm(method, rate), METHODS[method](rate)] as const
    )
  );
  return weightedPlans(training, Object.fromEntries(arms), seeds);
}

/** The best of some methods' arms. */
export function bestOf(
  arms: ReadonlyMap<string, Arm>,
  methods: readonly Method[],
  scale: Scale,
): Best {
  const names = methods.flatMap((method) =>
    settings[scale].rates.map((rate) => methodArm(method, rate))
  );
  return bestArm(arms, names);
}

/** Each method's test error at its own rate. */
export function methodFigure(
  runs: readonly Run[],
  arms: ReadonlyMap<string, Arm>,
  { title, methods, scale }: {
    title: string;
    methods: readonly Method[];
    scale: Scale;
  },
): CaptionedFigure {
  return errorCurves(runs, {
    title,
    names: methods.map((method) => bestOf(arms, [method], scale).name),
    ordered: false,
  });
}
