/**
 * LOSSGRAD: the controllers and learning rates that are compared.
 *
 * @module
 */
import type { ControllerSpec } from "../../controllers/controller.ts";
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { Scale } from "../catalogue.ts";
import {
  controlledPlans,
  pairedPlans,
  type RunPlan,
  type TrainingPlan,
} from "../plan.ts";
import { INITIAL } from "./settings.ts";

/** The arm of the method as the paper has it. */
export const LOSSGRAD = "LOSSGRAD";

/** Its variants, as arms. */
export const VARIANTS = {
  "released-code": "LOSSGRAD, released code",
  "corrected": "LOSSGRAD, corrected",
} as const;

/** The whole training, from which each run's number of steps follows. */
const WHOLE = { fraction: 1 };

/** Options of LOSSGRAD that are not as by default. */
type Options = Readonly<Record<string, number | string>>;

/** LOSSGRAD as the paper has it, from its first step size unless said otherwise. */
export function lossgradSpec(
  { initial = INITIAL, ...options }: Options & { initial?: number } = {},
): ControllerSpec {
  return {
    kind: "lossgrad",
    ...initial === INITIAL ? {} : { initial },
    ...options,
  };
}

/**
 * LOSSGRAD in a variant. Smoke runs have float32 lines throughout, as not all backends
 * have doubles.
 */
export function variantSpec(
  variant: keyof typeof VARIANTS,
  scale: Scale,
  initial = INITIAL,
): ControllerSpec {
  return lossgradSpec({
    initial,
    variant,
    ...variant === "corrected" && scale === "smoke"
      ? { precision: "float32" }
      : {},
  });
}

/** Learning rates that do not look at the loss, by what they do with a rate. */
const SCHEDULES = {
  "SGD": (rate: number): ScheduleSpec => ({ kind: "constant", value: rate }),
  /** Figure 4's step schedule: a tenth at 2/5 and at 3/5 of the training. */
  "two steps": (rate: number): ScheduleSpec => ({
    kind: "multiStep",
    from: rate,
    factor: 0.1,
    milestones: [{ fraction: 0.4 }, { fraction: 0.6 }],
    steps: WHOLE,
  }),
  /** The autoencoder's step schedule; its factor is not known. */
  "one step": (rate: number): ScheduleSpec => ({
    kind: "multiStep",
    from: rate,
    factor: 0.1,
    milestones: [{ fraction: 2 / 3 }],
    steps: WHOLE,
  }),
  /** The LSTM's step schedule, in the middle; neither rates nor length are known. */
  "half way": (rate: number): ScheduleSpec => ({
    kind: "multiStep",
    from: rate,
    factor: 0.1,
    milestones: [{ fraction: 1 / 2 }],
    steps: WHOLE,
  }),
  /** Up to epoch 10 of 30, flat to 15, and down. */
  "trapezoid": (rate: number): ScheduleSpec => ({
    kind: "trapezoid",
    peak: rate,
    rise: { fraction: 1 / 3 },
    fall: { fraction: 1 / 2 },
    steps: WHOLE,
  }),
};

/** The name of a way to set the rate that is tried at several rates. */
export type Method = keyof typeof SCHEDULES | "WNGrad";

/** The name of a method at a rate. */
export const methodArm = (method: Method, rate: number): string =>
  `${method} ${rate}`;

/** Methods at rates, each with every seed. */
export function methodPlans(
  training: TrainingPlan,
  methods: readonly Method[],
  rates: readonly number[],
  seeds: number,
): RunPlan[] {
  return methods.flatMap((method) => {
    const arms = <Spec>(spec: (rate: number) => Spec): Record<string, Spec> =>
      Object.fromEntries(
        rates.map((rate) => [methodArm(method, rate), spec(rate)]),
      );
    return method === "WNGrad"
      ? controlledPlans(
        training,
        arms((numerator) => ({ kind: "wngrad", numerator })),
        seeds,
      )
      : pairedPlans(training, arms(SCHEDULES[method]), seeds);
  });
}

/**
 * What the paper could not compare with, or does not: at their defaults, L4 without the
 * momentum of its own, as the paper has it "based on vanilla SGD".
 */
export function extraPlans(training: TrainingPlan, seeds: number): RunPlan[] {
  return [
    ...controlledPlans(training, {
      "Armijo": { kind: "armijo" },
      "stochastic Polyak": { kind: "stochasticPolyak" },
    }, seeds),
    ...pairedPlans({ ...training, optimizer: { kind: "l4", momentum: 0 } }, {
      "L4": { kind: "constant", value: 1 },
    }, seeds),
  ];
}
