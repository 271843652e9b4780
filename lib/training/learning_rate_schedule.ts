/**
 * Schedules for `model.fit`.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Schedule } from "../schedules/schedule.ts";
import { show } from "../text/show.ts";
import { setLearningRate } from "./set_learning_rate.ts";
import { setMomentum } from "./set_momentum.ts";

/** A callback of `model.fit` and `model.fitDataset`. */
export type FitCallback = tf.Callback;

/** Options of {@linkcode learningRateSchedule}. */
export interface LearningRateScheduleOptions {
  /**
   * What the schedule's steps are: `"batch"`, the batches since the start of epoch
   * 0, or `"epoch"`.
   *
   * @default {"batch"}
   */
  per?: "batch" | "epoch";
  /** Momentum as a function of the step ({@linkcode setMomentum}). @default {none} */
  momentum?: Schedule;
}

class LearningRateSchedule extends tf.Callback {
  readonly #schedule: Schedule;
  readonly #perBatch: boolean;
  readonly #momentumSchedule: Schedule | undefined;
  /** The batches before the next one, where known. */
  #step: number | undefined;
  #rate = 0;
  #momentum: number | undefined;

  constructor(
    schedule: Schedule,
    perBatch: boolean,
    momentum: Schedule | undefined,
  ) {
    super();
    this.#schedule = schedule;
    this.#perBatch = perBatch;
    this.#momentumSchedule = momentum;
  }

  #set(step: number): void {
    this.#rate = this.#schedule(step);
    setLearningRate(this.model.optimizer, this.#rate);
    if (this.#momentumSchedule === undefined) return;
    this.#momentum = this.#momentumSchedule(step);
    setMomentum(this.model.optimizer, this.#momentum);
  }

  /** Batches of an epoch, if `fit` says. */
  #batchesPerEpoch(): number | undefined {
    const { steps, samples, batchSize } = this.params as Record<
      string,
      number | null
    >;
    return steps ??
      (samples && batchSize ? Math.ceil(samples / batchSize) : undefined);
  }

  override onTrainBegin(): Promise<void> {
    this.#step = undefined;
    return Promise.resolve();
  }

  override onEpochBegin(epoch: number): Promise<void> {
    if (!this.#perBatch) this.#set(epoch);
    else {
      const batches = this.#batchesPerEpoch();
      if (batches !== undefined) this.#step = epoch * batches;
      else if (epoch === 0) this.#step = 0;
      else if (this.#step === undefined) {
        throw new TypeError(
          `the batches before epoch ${epoch} are not known: give fitDataset batchesPerEpoch, or schedule per epoch`,
        );
      }
    }
    return Promise.resolve();
  }

  override onBatchBegin(): Promise<void> {
    if (this.#perBatch) this.#set(this.#step!++);
    return Promise.resolve();
  }

  override onEpochEnd(_epoch: number, logs?: tf.Logs): Promise<void> {
    if (logs) {
      logs.learningRate = this.#rate;
      if (this.#momentum !== undefined) logs.momentum = this.#momentum;
    }
    return Promise.resolve();
  }
}

/**
 * A callback for `model.fit` that sets the learning rate of the model's optimizer
 * by a schedule, and leaves its state alone.
 *
 * A fit that goes on with `initialEpoch` goes on in the schedule too. The history
 * gets `learningRate`, the last one of each epoch, and `momentum` where a schedule
 * decides it.
 *
 * @param schedule η as a function of the step.
 * @param options What a step is; a schedule of momentum.
 * @returns An element for the `callbacks` of `model.fit` or `model.fitDataset`.
 * @throws {RangeError} If `per` is neither `"batch"` nor `"epoch"`.
 *
 * @example A line down to 0, four batches in all
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { linear } from "../schedules/linear.ts";
 * import { learningRateSchedule } from "./learning_rate_schedule.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * await initialize();
 * const model = tf.sequential({
 *   layers: [tf.layers.dense({ inputShape: [1], units: 1 })],
 * });
 * model.compile({ optimizer: "adam", loss: "meanSquaredError" });
 * const schedule = linear({ from: 1, to: 0, steps: 4 });
 * const { history } = await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), {
 *   batchSize: 2,
 *   epochs: 2,
 *   callbacks: [learningRateSchedule(schedule)],
 * });
 * deepStrictEqual(history.learningRate, [0.75, 0.25]);
 * ```
 */
export function learningRateSchedule(
  schedule: Schedule,
  options: LearningRateScheduleOptions = {},
): FitCallback {
  const { per = "batch", momentum } = options;
  if (per !== "batch" && per !== "epoch") {
    throw new RangeError(`per must be "batch" or "epoch", got ${show(per)}`);
  }
  return new LearningRateSchedule(schedule, per === "batch", momentum);
}
