/**
 * Optimizers: rules that turn gradients into directions, each with coupled or
 * decoupled weight decay, and each with a plain JSON form.
 *
 * @module
 */
export type { Tensor } from "../runtime/tensor.ts";
export type { Field, JsonSchema, ReadSchedule } from "../schedules/field.ts";
export type { Fields } from "../schedules/record.ts";
export type { Json, Schedule, ScheduleSpec } from "../schedules/schedule.ts";
export { adadelta, type AdadeltaOptions } from "./adadelta.ts";
export { adagrad, type AdagradOptions } from "./adagrad.ts";
export { adam, type AdamOptions, adamw, amsgrad } from "./adam.ts";
export type { Averaging } from "./averaging.ts";
export { clipGradients, type ClipOptions } from "./clip.ts";
export { coinBetting, type CoinBettingOptions } from "./coin_betting.ts";
export { dAdaptation, type DAdaptationOptions } from "./d_adaptation.ts";
export type { OptimizerFactory } from "./define.ts";
export {
  distanceOverGradients,
  type DistanceOverGradientsOptions,
  layerwiseDistanceOverGradients,
} from "./distance_over_gradients.ts";
export {
  exponentialAverage,
  type ExponentialAverageOptions,
} from "./exponential_average.ts";
export type { Hyperparameter } from "./hyperparameter.ts";
export { optimizerJsonSchema } from "./json_schema.ts";
export { l4, type L4Options } from "./l4.ts";
export { lamb, type LambOptions } from "./lamb.ts";
export { lion, type LionOptions } from "./lion.ts";
export { mechanic, type MechanicOptions } from "./mechanic.ts";
export { momo, type MomoOptions } from "./momo.ts";
export { nadam, type NadamOptions } from "./nadam.ts";
export {
  type DecayOptions,
  type DirectionRule,
  type Optimizer,
  type OptimizerSpec,
  type StepNumbers,
  update,
  type UpdateFactors,
  type WholeRule,
  type WholeStep,
  type WholeStepped,
} from "./optimizer.ts";
export type { ParameterGroup } from "./parameter_groups.ts";
export { parseOptimizer } from "./parse.ts";
export { parseAveraging } from "./parse_averaging.ts";
export { prodigy, type ProdigyOptions } from "./prodigy.ts";
export {
  kerasRmsprop,
  type KerasRmspropOptions,
  rmsprop,
  type RmspropOptions,
} from "./rmsprop.ts";
export {
  scheduleFree,
  scheduleFreeAdam,
  type ScheduleFreeAdamOptions,
  type ScheduleFreeOptions,
} from "./schedule_free.ts";
export { momentum, type MomentumOptions, nesterov, sgd } from "./sgd.ts";
export {
  stochasticWeightAverage,
  type StochasticWeightAverageOptions,
} from "./stochastic_weight_average.ts";
export type { WholeDecayOptions } from "./whole.ts";
