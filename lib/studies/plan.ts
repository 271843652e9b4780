/**
 * Plans: what is to be trained, as plain JSON that decides every record.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { ControllerSpec } from "../controllers/controller.ts";
import type { ModelSpec } from "../models/parse.ts";
import type { OptimizerSpec } from "../optimizers/optimizer.ts";
import type { ScheduleSpec } from "../schedules/schedule.ts";
import type { Units } from "../schedules/units.ts";
import type { ProbeSpec } from "./probes/probe.ts";

export type { ModelSpec } from "../models/parse.ts";
export type { OptimizerSpec } from "../optimizers/optimizer.ts";

/** Which examples are used. */
export interface DataPlan {
  /** The data set's name. */
  dataset: string;
  /** Examples trained on, drawn evenly from the classes. */
  train: number;
  /** Examples held out of the training set, to choose settings on; 0 for none. */
  validation: number;
  /** Examples of the test set. */
  test: number;
  /**
   * What takes its place where the data set is not at hand (`withDataAtHand`); no
   * plan that is run has one. @default {nothing}
   */
  standIn?: DataPlan;
  /** Whether inputs are left as they are. @default {they are standardised} */
  raw?: true;
}

/** What runs that are trained side by side share. */
export interface TrainingPlan {
  /** The network. */
  model: ModelSpec;
  /** What judges the images that the network makes. @default {nothing} */
  discriminator?: ModelSpec;
  /** What makes images of the codes that the network makes. @default {nothing} */
  decoder?: ModelSpec;
  /** λ of a Wasserstein autoencoder. @default {100} */
  penaltyWeight?: number;
  /** The examples. */
  data: DataPlan;
  /** The update rule. */
  optimizer: OptimizerSpec;
  /** Examples a step. */
  batchSize: number;
  /** Length of the training. */
  epochs: number;
  /** Whether images are cropped and flipped at random. */
  augment: boolean;
  /** k: also the share of classes not among the k highest. @default {not measured} */
  top?: number;
  /** Steps between records with norms. */
  recordEvery: number;
  /** Epochs between evaluations. @default {1} */
  evaluateEvery?: number;
  /**
   * Steps between measurements of g·g and gᵀHg (`curvature`), which need doubles:
   * on backends without them nothing is measured. @default {not measured}
   */
  curvatureEvery?: number;
  /**
   * Whether what the trained network makes of the test split is kept, for ensembles.
   * @default {not kept}
   */
  keepPredictions?: true;
  /** Steps in a row on each batch. @default {1} */
  updatesPerBatch?: number;
  /** Where controllers' lines are evaluated, if not on the batch. */
  lineOn?: "validation";
  /** The loss along the gradient (`lineProfile`). @default {not measured} */
  profile?: { every: number; rates: readonly number[] };
  /** Whether each look of a controller has a dropout mask of its own. @default {false} */
  freshMasks?: boolean;
}

/** One run. */
export interface RunPlan {
  /** What is compared: the schedule's name within its figure. */
  arm: string;
  /** What it shares with the runs beside it. */
  training: TrainingPlan;
  /**
   * η as a function of the step; with a controller, what multiplies the step sizes
   * that it chooses.
   */
  learningRate: ScheduleSpec;
  /** w as a function of the step. @default {gradients are not weighted} */
  gradientWeight?: ScheduleSpec;
  /**
   * What chooses η, and in which arithmetic (its option `precision`); only its
   * options that are not as by default. @default {the schedule alone}
   */
  controller?: ControllerSpec;
  /** Decides initial values, order, augmentation and dropout. */
  seed: number;
  /** What is measured of the weights once they are trained. @default {nothing} */
  probes?: readonly ProbeSpec[];
}

/** Steps of a training. */
export function stepsOf(training: TrainingPlan): number {
  return training.epochs * stepsPerEpoch(training);
}

function stepsPerEpoch(training: TrainingPlan): number {
  const { data, batchSize, updatesPerBatch = 1 } = training;
  return Math.floor(data.train / batchSize) * updatesPerBatch;
}

/** What epochs and fractions of a training are in the specs of its schedules. */
export function unitsOf(training: TrainingPlan): Units {
  return {
    stepsPerEpoch: stepsPerEpoch(training),
    budget: stepsOf(training),
  };
}

/**
 * The id of a run: 16 hexadecimal digits of the SHA-256 of everything that decides
 * its records. Figures that need the same run find it under the same id.
 */
export function runId(
  { training, learningRate, gradientWeight, controller, seed, probes }: RunPlan,
): string {
  // What is not there leaves no trace: ids of before weights, controllers and probes
  // stay valid.
  const text = JSON.stringify({
    training,
    learningRate,
    seed,
    gradientWeight,
    controller,
    probes,
  });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** Plans without repetitions: a run that several figures need is trained once. */
export function distinct(plans: readonly RunPlan[]): RunPlan[] {
  return [...new Map(plans.map((plan) => [runId(plan), plan])).values()];
}

/** A plan for each arm and seed. */
export function pairedPlans(
  training: TrainingPlan,
  arms: Readonly<Record<string, ScheduleSpec>>,
  seeds: number,
): RunPlan[] {
  return Array.from(
    { length: seeds },
    (_, seed) =>
      Object.entries(arms).map(([arm, learningRate]) => ({
        arm,
        training,
        learningRate,
        seed,
      })),
  ).flat();
}

/** The schedule of a plan whose controller decides alone. */
const UNCHANGED: ScheduleSpec = { kind: "constant", value: 1 };

/** A plan for each controller and seed. */
export function controlledPlans(
  training: TrainingPlan,
  arms: Readonly<Record<string, ControllerSpec>>,
  seeds: number,
): RunPlan[] {
  return Array.from(
    { length: seeds },
    (_, seed) =>
      Object.entries(arms).map(([arm, controller]) => ({
        arm,
        training,
        learningRate: UNCHANGED,
        controller,
        seed,
      })),
  ).flat();
}
