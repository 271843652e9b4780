/**
 * Nonmonotonic schedules, tables 2 to 4: what is trained, and how it is without the
 * Gaussian.
 *
 * @module
 */
import type { ScheduleSpec } from "../../schedules/schedule.ts";
import { stepsOf, type TrainingPlan } from "../plan.ts";
import { peakRate } from "./settings.ts";

/** Makes the schedule of a training from the rate where it starts, or its peak. */
export type MakeSchedule = (
  training: TrainingPlan,
  rate: number,
) => ScheduleSpec;

/** A network of a table. */
export interface TableNetwork {
  /** The paper's name for it, with the data set where there are several. */
  name: string;
  /** What stands for it at a scale. */
  training: TrainingPlan;
  /** Its schedule without the Gaussian. */
  step: MakeSchedule;
  /** The rates where that starts. */
  starts: readonly number[];
  /** The paper's schedule. */
  gaussian: MakeSchedule;
  /** Its peak rates. */
  peaks: readonly number[];
  /** Epochs with it. @default {as many as without} */
  gaussianEpochs?: number;
  /**
   * The paper's errors in percent, without and with the Gaussian: of the highest output,
   * or of the training's `top` highest.
   */
  paper: readonly [without: number, with_: number];
  /**
   * What its data stand in for, such as `CIFAR-10 for ImageNet`, if they do: always, or
   * where runs are on the stand-in of the training's data.
   */
  standIn?: string;
}

/** σ² of the paper's section 7.2: narrower than γmin = γmax/10,000 makes it. */
const VARIANCE = 0.0128;

/** The Gaussian of section 7.2, whole: σ² = 0.0128, t_offset = 0. */
export const narrowGaussian: MakeSchedule = (training, peak) => ({
  kind: "gaussian",
  peak,
  end: peak * Math.exp(-0.25 / VARIANCE),
  steps: stepsOf(training),
});

/** The Gaussian of section 5 from a share of its peak on. */
export function gaussianFrom(startShare: number): MakeSchedule {
  return (training, peak) => ({
    ...peakRate("gaussian", training, peak),
    start: startShare * peak,
  });
}

/** Drops by a factor after shares of the training. */
export function drops(factor: number, shares: readonly number[]): MakeSchedule {
  return (training, from) => {
    const steps = stepsOf(training);
    const milestones = shares.map((share) => Math.round(share * steps));
    return { kind: "multiStep", from, factor, milestones, steps };
  };
}
