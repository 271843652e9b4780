/**
 * What is measured along a training, beside what a step gives.
 *
 * @module
 */
import type { ResidentData } from "./resident_data.ts";
import type { BatchOptions } from "./batch_gradients.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Json } from "../schedules/schedule.ts";

/** The step that a measurement is taken before. */
export interface MeasuredStep {
  /** Which of the runs that are trained together, from 0. */
  readonly run: number;
  /** η, where a schedule tells it beforehand. */
  readonly learningRate?: number;
}

/** Measures the parameters of one run, at a step that has not been taken yet. */
export interface Measure {
  /**
   * Named numbers.
   *
   * @param parameters All of them, statistics included; they are left as they are.
   * @param draw What the step draws at random (`drawer`).
   * @param step The step. @default {that of the first run, its rate unknown}
   */
  of(
    parameters: readonly Tensor[],
    draw: Int32Array<ArrayBuffer>,
    step?: MeasuredStep,
  ): Record<string, number> | Promise<Record<string, number>>;
  /**
   * What a measurement comes to with the rate that a controller chose for the step.
   *
   * @param found What was measured.
   * @param learningRate η.
   */
  atRate?(
    found: Readonly<Record<string, number>>,
    learningRate: number,
  ): Record<string, number>;
  /** Frees what it holds. */
  dispose(): void;
}

/**
 * Something that is measured every few steps, such as `curvature`. It changes
 * nothing of the training, and like evaluations it is not part of a run's cost.
 */
export interface Telemetry {
  /** Everything that decides what it measures, as plain JSON. */
  readonly spec: Json;
  /** Steps between measurements, an integer ≥ 1. */
  readonly every: number;
  /** Makes the measure of a training. */
  prepare(training: BatchOptions & { data: ResidentData }): Measure;
}
