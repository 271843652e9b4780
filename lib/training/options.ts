/**
 * What training is told: what the runs of a group share, and what is a run's own.
 *
 * @module
 */
import type { Controller } from "../controllers/controller.ts";
import type { Averaging } from "../optimizers/averaging.ts";
import type { ClipOptions } from "../optimizers/clip.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { ParameterGroup } from "../optimizers/parameter_groups.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Objective } from "./objective.ts";
import type { Sharpness } from "./sharpness.ts";
import type { Telemetry } from "./telemetry.ts";
import type { TrainingData } from "./training_data.ts";

/** What happens when a loss is not a finite number. */
export type DivergencePolicy = "stop" | "reject-step" | "continue";

/** What all runs of a group share. */
export interface TrainingOptions {
  /** What is minimised. */
  objective: Objective;
  /** What it is trained on and evaluated on. */
  data: TrainingData;
  /** The update rule. */
  optimizer: Optimizer;
  /** Examples a step, from 1 to the number of training examples. */
  batchSize: number;
  /**
   * The equal parts m that a step's batch is taken in, one after another, so that
   * one part at a time is in memory; a divisor of `batchSize`. Gradients are the
   * mean over the parts; normalisation sees one part at a time.
   *
   * @default {1}
   */
  microBatches?: number;
  /**
   * The steps in a row that are taken on each batch, an integer from 1; each has a
   * dropout mask of its own. @default {1}
   */
  updatesPerBatch?: number;
  /**
   * What a controller's line is evaluated on: the batch of the step, or as many
   * validation examples, in an order of their own. These cost a gradient more: f(0) and
   * f′(0) there are not those of the step. @default {"batch"}
   */
  lineOn?: "batch" | "validation";
  /** How weighted gradients are clipped, before decay. @default {not at all} */
  clip?: ClipOptions;
  /** How far from the weights gradients are taken: SAM, ASAM. @default {at them} */
  sharpness?: Sharpness;
  /** Parameters with rates and decays of their own. @default {none} */
  groups?: readonly ParameterGroup[];
  /**
   * How weights are averaged along the training; the averages are evaluated beside
   * the weights. @default {not at all}
   */
  averaging?: Averaging;
  /** Length of the training, in epochs of ⌊examples / batchSize⌋ batches. */
  epochs: number;
  /**
   * A budget in forward-pass equivalents, > 0: a run ends after the first step that
   * reaches it, if its epochs have not ended before. Evaluations are not counted; their
   * records tell the cost so far.
   *
   * @default {no budget}
   */
  forwardPasses?: number;
  /**
   * Whether images are randomly cropped and flipped. Where labels are images too, both
   * are flipped together, and neither is cropped.
   *
   * @default {false}
   */
  augment?: boolean;
  /** Epochs between evaluations; the last epoch is always evaluated. @default {1} */
  evaluateEvery?: number;
  /** Steps between records with norms; the last step always has one. @default {20} */
  recordEvery?: number;
  /** What is measured along the training beside that. @default {nothing} */
  telemetry?: Telemetry;
  /**
   * What happens when a loss is not a finite number: `"stop"` ends the run with
   * the state before the step (with a controller also where the slope along the step
   * or the gradient's norm is not finite); `"reject-step"` keeps that state and goes on
   * to the next batch (also where a norm of gradient or update is not finite), though
   * the step counts for schedules, cost and Adam's correction of its bias;
   * `"continue"` goes on regardless. Each leaves an event in the records.
   *
   * @default {"stop"}
   */
  divergence?: DivergencePolicy;
  /**
   * Steps between measurements of dᵀHd, for runs with controllers; they are not
   * counted in the cost. 0: never. @default {0}
   */
  curvatureEvery?: number;
  /**
   * Whether each look of a controller along its line draws a dropout mask of its own,
   * other than that of the gradient, as LOSSGRAD's released program does.
   *
   * @default {false}
   */
  freshMasks?: boolean;
  /** Seconds between checkpoints, for runs with a folder; 0: every step. @default {20} */
  checkpointSeconds?: number;
}

/** What is a run's own. */
export interface RunOptions {
  /** Decides initial values, data order, augmentation and dropout; in [0, 2⁵³). */
  seed: number;
  /**
   * η as a function of the step; with a controller, what multiplies the step sizes
   * that it chooses, and may be missing.
   */
  learningRate?: Schedule;
  /**
   * Chooses η from the loss along the direction of each step; all runs of a group have
   * one, or none has.
   */
  controller?: Controller;
  /** w as a function of the step; all runs of a group have one, or none has. */
  gradientWeight?: Schedule;
  /** Where the run is written; resumed from there if it was begun. */
  directory?: string;
  /**
   * Numbers of steps, integers ≥ 0, after which the weights are kept in the folder
   * (`keptWeights`) for what is measured later. It changes nothing of the training.
   *
   * @default {none}
   */
  keepWeightsAt?: readonly number[];
}

/** What training can do without. */
type Extras = "clip" | "averaging" | "sharpness" | "telemetry";

/** Options with their defaults filled in. */
export type Training =
  & Required<Omit<TrainingOptions, Extras>>
  & Pick<TrainingOptions, Extras>;
