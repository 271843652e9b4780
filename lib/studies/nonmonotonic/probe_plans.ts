/**
 * The runs whose loss surfaces are probed: figures 1 to 4 and lemma 1 share them.
 *
 * @module
 */
import { parseSchedule } from "../../schedules/parse.ts";
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import type { Scale } from "../catalogue.ts";
import {
  pairedPlans,
  type RunPlan,
  stepsOf,
  type TrainingPlan,
} from "../plan.ts";
import type { FlatnessProbe } from "../probes/flatness.ts";
import type { TransferProbe } from "../probes/transfer.ts";
import { linearPlans } from "../validity.ts";
import { schedules, settings } from "./settings.ts";

/** What is measured at a scale, and on how many paired seeds. */
interface ProbeSettings {
  /** Paired seeds. */
  seeds: number;
  /** The Gaussian's peaks that a step schedule of equal area is trained for. */
  controls: readonly number[];
  /** Where the gradient is measured along the training, as shares of it. */
  course: readonly number[];
  /** What is measured of the weights. */
  flatness: Omit<FlatnessProbe, "kind" | "peakStep" | "course">;
  /** Points a side of the plane, which is measured for the first seed alone. */
  plane: number;
  /** What is measured of lemma 1. */
  transfer: TransferProbe;
}

/** Lengths from 0, equally far apart. */
const upTo = (last: number, count: number) =>
  Array.from({ length: count }, (_, i) => last * i / (count - 1));

/** Denser where the nearer example is still one's own. */
const NEIGHBOUR_SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1];

const small: ProbeSettings = {
  seeds: 10,
  controls: [Math.max(...settings.small.rates)],
  course: [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1],
  flatness: {
    examples: 500,
    // To one and a half times as far as the Gaussian's peak stage is.
    weightPath: upTo(8.25, 12),
    inputNoise: { alphas: upTo(30, 7), draws: 4 },
    neighbourPaths: { alphas: NEIGHBOUR_SHARES, draws: 4 },
    directions: {
      count: 8,
      lengths: [0.5, 1, 2, 5],
      shares: [0.2, 0.5],
      foolingLengths: [0.1, 0.2, 0.5, 1],
    },
    plane: 0,
  },
  plane: 13,
  transfer: { kind: "transfer", examples: 8, share: 0.1 },
};

/** What is measured at each scale. */
export const probeSettings: Readonly<Record<Scale, ProbeSettings>> = {
  smoke: {
    seeds: 2,
    controls: settings.smoke.rates,
    course: [0, 0.25, 1],
    flatness: {
      examples: 50,
      weightPath: upTo(3, 4),
      inputNoise: { alphas: [0, 10], draws: 1 },
      neighbourPaths: { alphas: [0, 0.5, 1], draws: 1 },
      directions: {
        count: 2,
        lengths: [0.5, 2],
        shares: [0.5],
        foolingLengths: [0.1, 0.5],
      },
      plane: 0,
    },
    plane: 4,
    transfer: { ...small.transfer, examples: 2 },
  },
  small,
  paper: {
    ...small,
    controls: settings.paper.rates,
    flatness: {
      ...small.flatness,
      examples: 10_000,
      inputNoise: { alphas: upTo(30, 7), draws: 10 },
      neighbourPaths: { alphas: NEIGHBOUR_SHARES, draws: 10 },
      directions: { ...small.flatness.directions, count: 32 },
    },
    plane: 31,
  },
};

/** The schedules that are compared; the last step schedule is a control. */
export const PROBED = ["step", "Gaussian", "step of equal area"] as const;
/** One of them. */
export type ProbedSchedule = typeof PROBED[number];

/** The name of the arm of a schedule. */
export const probedArm = (schedule: ProbedSchedule, rate: number): string =>
  `${schedule}, ${rate}`;

/** Of the step schedule: the share of the training at its largest rate. */
const LARGEST_RATE = 0.4;

/** The step schedule whose rates have the same sum as the Gaussian's. */
function equalArea(training: TrainingPlan, peak: number): ScheduleSpec {
  const steps = stepsOf(training);
  const sum = (schedule: (step: number) => number) => {
    let total = 0;
    for (let step = 0; step < steps; step++) total += schedule(step);
    return total;
  };
  const gaussian = sum(parseSchedule(schedules.Gaussian(training, peak)));
  const unit = sum(parseSchedule(schedules.step(training, 1)));
  // Five digits, so that a run's id does not hang on the last bit of an exponential.
  return schedules.step(training, Number((gaussian / unit).toPrecision(5)));
}

/** Each arm, its schedule and the step of its peak stage. */
function arms(
  training: TrainingPlan,
  rates: readonly number[],
  controls: readonly number[],
) {
  const steps = stepsOf(training);
  const endOfLargest = Math.ceil(LARGEST_RATE * steps);
  return [
    ...rates.map((rate) => ({
      arm: probedArm("step", rate),
      spec: schedules.step(training, rate),
      peakStep: endOfLargest,
    })),
    ...rates.map((rate) => ({
      arm: probedArm("Gaussian", rate),
      spec: schedules.Gaussian(training, rate),
      peakStep: Math.floor(steps / 2),
    })),
    ...controls.map((rate) => ({
      arm: probedArm("step of equal area", rate),
      spec: equalArea(training, rate),
      peakStep: endOfLargest,
    })),
  ];
}

/** The plans of the probed runs, and of the linear model beside them. */
export function probePlans(
  scale: Scale,
  seeds = probeSettings[scale].seeds,
): RunPlan[] {
  const { small: training, rates } = settings[scale];
  const { controls, course, flatness, plane, transfer } = probeSettings[scale];
  const steps = stepsOf(training);
  const courseSteps = [...new Set(course.map((x) => Math.round(x * steps)))];
  const compared = arms(training, rates, controls);
  const peakSteps = new Map(
    compared.map(({ arm, peakStep }) => [arm, peakStep]),
  );
  const specs = Object.fromEntries(
    compared.map(({ arm, spec }) => [arm, spec]),
  );
  return [
    ...pairedPlans(training, specs, seeds).map((plan): RunPlan => ({
      ...plan,
      probes: [{
        kind: "flatness",
        ...flatness,
        peakStep: peakSteps.get(plan.arm)!,
        course: courseSteps,
        plane: plan.seed === 0 ? plane : 0,
      }, transfer],
    })),
    ...linearPlans(training, seeds),
  ];
}
