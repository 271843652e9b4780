/**
 * What training is told: what the runs of a group share, and what is a run's own.
 *
 * @module
 */
import { type Controller, isController } from "../controllers/controller.ts";
import type { Averaging } from "../optimizers/averaging.ts";
import { checkClip, type ClipOptions } from "../optimizers/clip.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import {
  factorsOf,
  type ParameterGroup,
} from "../optimizers/parameter_groups.ts";
import { isSchedule, type Schedule } from "../schedules/schedule.ts";
import { show } from "../text/show.ts";
import type { Objective } from "./objective.ts";
import { checkSharpness, type Sharpness } from "./sharpness.ts";
import type { ResidentData } from "./resident_data.ts";
import type { Telemetry } from "./telemetry.ts";

/** What happens when a loss is not a finite number. */
export type DivergencePolicy = "stop" | "reject-step" | "continue";

/** What all runs of a group share. */
export interface TrainingOptions {
  /** What is minimised. */
  objective: Objective;
  /** What it is trained on and evaluated on. */
  data: ResidentData;
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
  /** Whether images are randomly cropped and flipped. @default {false} */
  augment?: boolean;
  /** Epochs between evaluations; the last epoch is always evaluated. @default {1} */
  evaluateEvery?: number;
  /** Steps between records with norms; the last step always has one. @default {20} */
  recordEvery?: number;
  /** What is measured along the training beside that. @default {nothing} */
  telemetry?: Telemetry;
  /**
   * What happens when a loss is not a finite number: `"stop"` ends the run with
   * the state before the step; `"reject-step"` keeps that state and goes on to the
   * next batch (also where a norm of gradient or update is not finite), though
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

/** The averaging of an optimizer that gives the weights to evaluate itself. */
const ownAverage: Averaging = {
  spec: { kind: "own" },
  share: () => 0,
  begins: 1,
  statistics: "recalibrate",
};

/** What training can do without. */
type Extras = "clip" | "averaging" | "sharpness" | "telemetry";

/** Options with their defaults filled in. */
export type Training =
  & Required<Omit<TrainingOptions, Extras>>
  & Pick<TrainingOptions, Extras>;

function integer(name: string, value: number, least: number, most = Infinity) {
  if (!(Number.isInteger(value) && value >= least && value <= most)) {
    const range = most === Infinity ? `>= ${least}` : `in [${least}, ${most}]`;
    throw new RangeError(
      `${name} must be an integer ${range}, got ${show(value)}`,
    );
  }
}

/**
 * Fills in defaults.
 *
 * @throws {RangeError} If an option is out of range.
 */
export function withDefaults(options: TrainingOptions): Training {
  const {
    microBatches = 1,
    updatesPerBatch = 1,
    lineOn = "batch",
    groups = [],
    augment = false,
    evaluateEvery = 1,
    recordEvery = 20,
    divergence = "stop",
    checkpointSeconds = 20,
    curvatureEvery = 0,
    freshMasks = false,
    forwardPasses = Infinity,
  } = options;
  if (!(forwardPasses > 0)) {
    throw new RangeError(
      `forwardPasses must be > 0, got ${show(forwardPasses)}`,
    );
  }
  integer("batchSize", options.batchSize, 1, options.data.train.count);
  integer("microBatches", microBatches, 1, options.batchSize);
  integer("updatesPerBatch", updatesPerBatch, 1);
  const { validation } = options.data.evaluation;
  if (!["batch", "validation"].includes(lineOn)) {
    throw new RangeError(
      `lineOn must be "batch" or "validation", got ${show(lineOn)}`,
    );
  }
  if (
    lineOn === "validation" && !((validation?.count ?? 0) >= options.batchSize)
  ) {
    throw new RangeError(
      `lineOn "validation" needs a validation split of at least batchSize (${options.batchSize}) examples, got ${
        validation?.count ?? "none"
      }`,
    );
  }
  if (options.batchSize % microBatches !== 0) {
    throw new RangeError(
      `microBatches must divide batchSize (${options.batchSize}), got ${microBatches}`,
    );
  }
  if (options.clip !== undefined) checkClip(options.clip);
  if (options.telemetry !== undefined && microBatches > 1) {
    throw new RangeError(
      `telemetry needs whole batches: microBatches must be 1, got ${microBatches}`,
    );
  }
  if (options.sharpness !== undefined) checkSharpness(options.sharpness);
  const { parameters } = options.objective;
  factorsOf(parameters.filter(({ role }) => role !== "statistic"), groups);
  integer("epochs", options.epochs, 1);
  if (augment && options.data.train.labels.rank > 1) {
    throw new TypeError(
      "augment must be false where labels are images: they would have to be cropped and flipped too",
    );
  }
  integer("evaluateEvery", evaluateEvery, 1);
  integer("recordEvery", recordEvery, 1);
  integer("curvatureEvery", curvatureEvery, 0);
  if (!["stop", "reject-step", "continue"].includes(divergence)) {
    throw new RangeError(
      `divergence must be "stop", "reject-step" or "continue", got ${
        show(divergence)
      }`,
    );
  }
  if (!(checkpointSeconds >= 0)) {
    throw new RangeError(
      `checkpointSeconds must be >= 0, got ${show(checkpointSeconds)}`,
    );
  }
  const { whole, spec } = options.optimizer;
  if (whole && groups.length > 0) {
    throw new TypeError(
      `groups are for optimizers that look at one parameter at a time, but ${spec.kind} looks at all at once: leave groups out`,
    );
  }
  if (whole?.averages && options.averaging !== undefined) {
    throw new TypeError(
      `${spec.kind} averages weights itself: leave averaging out`,
    );
  }
  return {
    ...options,
    ...whole?.averages ? { averaging: ownAverage } : {},
    microBatches,
    updatesPerBatch,
    lineOn,
    groups,
    augment,
    evaluateEvery,
    recordEvery,
    divergence,
    checkpointSeconds,
    curvatureEvery,
    freshMasks,
    forwardPasses,
  };
}

/** Steps of an epoch. */
export function stepsOfEpoch(
  { data, batchSize, updatesPerBatch }: Training,
): number {
  return Math.floor(data.train.count / batchSize) * updatesPerBatch;
}

/**
 * Checks the runs of a group.
 *
 * @throws {RangeError | TypeError} If they do not make a group.
 */
export function checkRuns(runs: readonly RunOptions[]): void {
  if (runs.length === 0) throw new RangeError("a group needs at least one run");
  for (const run of runs) {
    const { seed, learningRate, gradientWeight, controller } = run;
    integer("seed", seed, 0, Number.MAX_SAFE_INTEGER);
    const { keepWeightsAt = [] } = run;
    for (const step of keepWeightsAt) integer("keepWeightsAt", step, 0);
    if (keepWeightsAt.length > 0 && run.directory === undefined) {
      throw new TypeError("keepWeightsAt needs a folder: give a directory too");
    }
    if (controller !== undefined && !isController(controller)) {
      throw new TypeError(
        `controller must be a controller, such as lossgrad(), got ${
          show(controller)
        }`,
      );
    }
    for (const schedule of [learningRate, gradientWeight]) {
      const needed = schedule === learningRate && controller === undefined;
      if ((needed || schedule !== undefined) && !isSchedule(schedule)) {
        throw new TypeError(
          `learningRate and gradientWeight must be schedules, such as constant({ value: 0.1 }), got ${
            show(schedule)
          }`,
        );
      }
    }
  }
  const controlled = runs.filter((run) => run.controller).length;
  if (controlled !== 0 && controlled !== runs.length) {
    throw new TypeError(
      `either all runs of a group have a controller or none has, got ${controlled} of ${runs.length}`,
    );
  }
  const weighted = runs.filter((run) => run.gradientWeight).length;
  if (weighted !== 0 && weighted !== runs.length) {
    throw new TypeError(
      `either all runs of a group have a gradientWeight or none has, got ${weighted} of ${runs.length}`,
    );
  }
  const folders = runs.flatMap(({ directory }) => directory ?? []);
  const twice = folders.find((path, i) => folders.indexOf(path) !== i);
  if (twice !== undefined) {
    throw new RangeError(`two runs of a group have the folder ${twice}`);
  }
}
