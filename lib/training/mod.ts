/**
 * Training: objectives, runs and their records, exact resume; schedules for stock
 * optimizers and `model.fit`.
 *
 * @module
 */
export type {
  Controller,
  ControllerEventName,
} from "../controllers/controller.ts";
export type { Split } from "../datasets/dataset.ts";
export type {
  Network,
  NetworkSpec,
  ParameterSpec,
  Role,
} from "../models/network.ts";
export type { DirectionRule, Optimizer } from "../optimizers/optimizer.ts";
export type { RandomStream } from "../random/stream.ts";
export type { Tensor, Tensor1D } from "../runtime/tensor.ts";
export type { Json, Schedule, ScheduleSpec } from "../schedules/schedule.ts";
export type {
  FoundRates,
  RangeTestOptions,
  RateSuggestions,
} from "../rate_finder/mod.ts";
export { findRate, type FindRateOptions } from "./find_rate.ts";
export {
  type LayersModel,
  type LayersModelObjective,
  type LossName,
  objectiveOfLayersModel,
} from "./layers_model.ts";
export {
  type FitCallback,
  learningRateSchedule,
  type LearningRateScheduleOptions,
} from "./learning_rate_schedule.ts";
export { meanIntersectionOverUnion } from "./confusion.ts";
export { histogramDistance, structuralSimilarity } from "./image_measures.ts";
export {
  type Batch,
  classification,
  type ClassificationOptions,
  initialValues,
  type Mode,
  type Objective,
  type ObjectiveHead,
  regression,
} from "./objective.ts";
export { curvature, type CurvatureOptions } from "./curvature.ts";
export { kernelDistance } from "./kernel_distance.ts";
export { lineProfile, type LineProfileOptions } from "./line_profile.ts";
export { reconstruction } from "./reconstruction.ts";
export type { BatchOptions } from "./batch_gradients.ts";
export { weightsOf } from "./weights_of.ts";
export { measured } from "./measured.ts";
export type { Measure, MeasuredStep, Telemetry } from "./telemetry.ts";
export type {
  Evaluation,
  EvaluationRecord,
  EventRecord,
  RunRecord,
  StepRecord,
} from "./records.ts";
export type { StoredTensor } from "../files/safetensors.ts";
export { keptWeights } from "./kept_weights.ts";
export { loadRun } from "./load_run.ts";
export type { RecordedRun } from "./recorded_run.ts";
export {
  type DataSource,
  type ResidentData,
  residentData,
  type ResidentSplit,
} from "./resident_data.ts";
export type { TrainingData, TrainingSplit } from "./training_data.ts";
export type {
  StreamDraw,
  StreamedSplit,
} from "../datasets/streamed/streamed_split.ts";
export { segmentation } from "./segmentation.ts";
export { setLearningRate, type StockOptimizer } from "./set_learning_rate.ts";
export type { Sharpness } from "./sharpness.ts";
export { setMomentum } from "./set_momentum.ts";
export {
  type DivergencePolicy,
  type GroupRecord,
  type RunOptions,
  type RunResult,
  type RunStatus,
  train,
  type TrainingOptions,
  trainTogether,
} from "./train.ts";
export { translation, type TranslationOptions } from "./translation.ts";
export {
  wassersteinAutoencoder,
  type WassersteinAutoencoderOptions,
} from "./wasserstein_autoencoder.ts";
