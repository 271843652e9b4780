/**
 * What an optimizer is: a rule that turns a gradient into a direction, and one of
 * two ways to decay weights around it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import type { Json, Schedule } from "../schedules/schedule.ts";
import type { Hyperparameter } from "./hyperparameter.ts";

/** The numbers that a step gets from its schedules. */
export interface StepNumbers {
  /** Scalar η. */
  learningRate: Tensor;
  /** Scalar w; undefined where no gradient weight is used. */
  gradientWeight: Tensor | undefined;
  /** Scalar: the number of this step, from 1. */
  step: Tensor;
  /** Scalars, by name: the options that schedules decide, at this step. */
  scheduled?: Readonly<Record<string, Tensor>>;
}

/** A rule from gradient to direction, with one state tensor a slot and parameter. */
export interface DirectionRule {
  /** Names of the state tensors kept for each parameter; they start at zero. */
  readonly slots: readonly string[];
  /** Those slots that are one number; the others have the parameter's shape. */
  readonly scalarSlots?: readonly string[];
  /** Whether the direction is multiplied by η already. @default {false} */
  readonly includesRate?: boolean;
  /**
   * The direction to step against, and the state after it.
   *
   * @param gradient The gradient (weighted, with coupled decay already added).
   * @param slots The state, in the order of `slots`.
   * @param numbers The numbers of the step.
   */
  direction(
    gradient: Tensor,
    slots: readonly Tensor[],
    numbers: Omit<StepNumbers, "gradientWeight">,
  ): { direction: Tensor; slots: Tensor[] };
  /**
   * The direction as it is stepped against, decoupled decay included: LAMB's
   * trust ratio.
   */
  rescale?(direction: Tensor, parameter: Tensor): Tensor;
}

/** How weight decay enters the update. */
export interface DecayOptions {
  /** Weight decay λ, at least 0; a number, or a schedule of it. @default {0} */
  readonly weightDecay?: Hyperparameter;
  /**
   * `"coupled"`: θ ← θ − η·direction(w·g + λ·θ), the classical L2 term;
   * `"decoupled"`: θ ← θ − η·(direction(w·g) + λ·θ). The gradient weight w
   * scales the decay in neither.
   *
   * @default {"coupled"}
   */
  readonly decay?: "coupled" | "decoupled";
  /** Whether biases and normalisation parameters decay too. @default {true} */
  readonly decayAll?: boolean;
}

/** The plain form of an optimizer: its kind, and all of its options. */
export interface OptimizerSpec {
  /** The name of the factory, such as `momentum`. */
  readonly kind: string;
  /** The factory's options, with their defaults filled in. */
  readonly [option: string]: Json;
}

/** What a rule over all parameters at once is given. */
export interface WholeStep {
  /** θ, one tensor a trained parameter. */
  readonly parameters: readonly Tensor[];
  /** g, weighted and with coupled decay. */
  readonly gradients: readonly Tensor[];
  /** The kept tensors of each parameter, in the order of `slots`. */
  readonly slots: readonly (readonly Tensor[])[];
  /** The kept numbers, in the order of `shared`. */
  readonly shared: readonly Tensor[];
  /** The weights that are evaluated, where the rule gives them. */
  readonly average: readonly Tensor[] | undefined;
  /** Scalar: the (weighted) loss of the batch. */
  readonly loss: Tensor;
  /** Scalar η. */
  readonly learningRate: Tensor;
  /** Scalar: the number of this step, from 1. */
  readonly step: Tensor;
  /** Scalar: 1 at the first step, else 0. */
  readonly first: Tensor;
}

/** What it gives. */
export interface WholeStepped {
  /** θ after the step. */
  readonly parameters: Tensor[];
  /** What is kept for each parameter. */
  readonly slots: Tensor[][];
  /** What is kept for all. */
  readonly shared: Tensor[];
  /** The weights to evaluate, where they are not those that are trained. */
  readonly average?: Tensor[];
}

/** A rule over all parameters at once. */
export interface WholeRule {
  /** Names of the numbers kept for all parameters together; they start at 0. */
  readonly shared: readonly string[];
  /** Whether it gives weights to evaluate. */
  readonly averages: boolean;
  /** A step. */
  step(before: WholeStep): WholeStepped;
}

/** An optimizer, and the plain JSON it can be made of again. */
export interface Optimizer extends DirectionRule {
  /** `{ kind, …options }`, from which `parseOptimizer` makes it again. */
  readonly spec: OptimizerSpec;
  /** The options that schedules decide, by name. */
  readonly schedules: Readonly<Record<string, Schedule>>;
  /** λ. */
  readonly weightDecay: Hyperparameter;
  /** Where λ enters. */
  readonly decay: "coupled" | "decoupled";
  /** Whether biases and normalisation parameters decay too. */
  readonly decayAll: boolean;
  /** The rule over all parameters at once that stands for `direction`, if it is one. */
  readonly whole?: WholeRule;
}

/** What makes one parameter's update differ from that of others. */
export interface UpdateFactors {
  /** What η is multiplied by, at least 0. @default {1} */
  readonly rateFactor?: number;
  /** What λ is multiplied by, at least 0. @default {1} */
  readonly decayFactor?: number;
}

/** A scheduled option's value at this step. */
function scheduledValue(
  name: string,
  { scheduled }: Pick<StepNumbers, "scheduled">,
): Tensor {
  const value = scheduled?.[name];
  if (value !== undefined) return value;
  throw new TypeError(
    `${name} is decided by a schedule: numbers.scheduled must hold its value`,
  );
}

/** All options at this step: numbers, and scalars where schedules decide. */
export function currentOptions(
  options: Readonly<Record<string, unknown>>,
  schedules: Readonly<Record<string, Schedule>>,
  numbers: Pick<StepNumbers, "scheduled">,
): Record<string, unknown> {
  const current = { ...options };
  for (const name of Object.keys(schedules)) {
    current[name] = scheduledValue(name, numbers);
  }
  return current;
}

/**
 * The gradient that a rule sees, weighted and with coupled decay, and the decoupled
 * decay that joins its direction.
 */
export function decayed(
  { weightDecay, decay, decayAll }: Optimizer,
  role: string,
  parameter: Tensor,
  gradient: Tensor,
  numbers: Omit<StepNumbers, "learningRate">,
  decayFactor: number,
): { gradient: Tensor; decoupled: Tensor | undefined } {
  const { gradientWeight } = numbers;
  const decays = (decayAll || role === "kernel") && decayFactor > 0 &&
    (typeof weightDecay !== "number" || weightDecay > 0);
  const shrink = () =>
    tf.mul(
      parameter,
      typeof weightDecay === "number"
        ? weightDecay * decayFactor
        : tf.mul(scheduledValue("weightDecay", numbers), decayFactor),
    );
  const weighted = gradientWeight === undefined
    ? gradient
    : tf.mul(gradient, gradientWeight);
  return {
    gradient: decays && decay === "coupled"
      ? tf.add(weighted, shrink())
      : weighted,
    decoupled: decays && decay === "decoupled" ? shrink() : undefined,
  };
}

/**
 * One update of one parameter θ by its gradient g: with coupled decay
 * θ ← θ − η·direction(w·g + λ·θ), with decoupled decay
 * θ ← θ − η·(direction(w·g) + λ·θ).
 *
 * @param optimizer The direction rule, λ, and where λ enters.
 * @param role The parameter's role; it decides whether it decays.
 * @param parameter θ.
 * @param gradient g, of the shape of θ.
 * @param slots The optimizer's state of this parameter.
 * @param numbers η, w, the number of the step, and what other schedules give.
 * @param factors What η and λ are multiplied by for this parameter.
 * @returns New tensors; the caller owns them.
 * @throws {TypeError} If the value of a scheduled option is missing.
 *
 * @example θ = 1, g = 2, η = 0.5, w = 0.25, λ = 0.5: θ − η·(w·g + λ·θ)
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "../runtime/initialize.ts";
 * import { update } from "./optimizer.ts";
 * import { sgd } from "./sgd.ts";
 * import { strictEqual } from "node:assert";
 *
 * await initialize();
 * const optimizer = sgd({ weightDecay: 0.5 });
 * const { parameter } = update(optimizer, "kernel", tf.scalar(1), tf.scalar(2), [], {
 *   learningRate: tf.scalar(0.5),
 *   gradientWeight: tf.scalar(0.25),
 *   step: tf.scalar(1),
 * });
 * strictEqual(parameter.dataSync()[0], 0.5);
 * ```
 */
export function update(
  optimizer: Optimizer,
  role: string,
  parameter: Tensor,
  gradient: Tensor,
  slots: readonly Tensor[],
  numbers: StepNumbers,
  { rateFactor = 1, decayFactor = 1 }: UpdateFactors = {},
): { parameter: Tensor; slots: Tensor[] } {
  const learningRate = rateFactor === 1
    ? numbers.learningRate
    : tf.mul(numbers.learningRate, rateFactor);
  const { gradient: seen, decoupled } = decayed(
    optimizer,
    role,
    parameter,
    gradient,
    numbers,
    decayFactor,
  );
  const { direction, slots: next } = optimizer.direction(seen, slots, {
    ...numbers,
    learningRate,
  });
  let move: Tensor;
  if (optimizer.includesRate) {
    move = decoupled
      ? tf.add(direction, tf.mul(learningRate, decoupled))
      : direction;
  } else {
    const whole = decoupled ? tf.add(direction, decoupled) : direction;
    move = tf.mul(
      learningRate,
      optimizer.rescale?.(whole, parameter) ?? whole,
    );
  }
  return { parameter: tf.sub(parameter, move), slots: next };
}
