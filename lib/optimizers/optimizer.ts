/**
 * What an optimizer is: a rule that turns a gradient into a direction, and one of
 * two ways to decay weights around it.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";

/** A rule from gradient to direction, with one state tensor a slot and parameter. */
export interface DirectionRule {
  /** Names of the state tensors kept for each parameter; they start at zero. */
  readonly slots: readonly string[];
  /**
   * The direction to step against, and the state after it.
   *
   * @param gradient The gradient (weighted, with coupled decay already added).
   * @param slots The state, in the order of `slots`.
   * @param step A scalar: the number of this step, from 1.
   */
  direction(
    gradient: Tensor,
    slots: readonly Tensor[],
    step: Tensor,
  ): { direction: Tensor; slots: Tensor[] };
}

/** How weight decay enters the update. */
export interface DecayOptions {
  /** Weight decay λ, at least 0. @default {0} */
  weightDecay?: number;
  /**
   * `"coupled"`: θ ← θ − η·direction(w·g + λ·θ), the classical L2 term;
   * `"decoupled"`: θ ← θ − η·(direction(w·g) + λ·θ). The gradient weight w
   * scales the decay in neither.
   *
   * @default {"coupled"}
   */
  decay?: "coupled" | "decoupled";
  /** Whether biases and normalisation parameters decay too. @default {true} */
  decayAll?: boolean;
}

/** An optimizer, and the plain JSON it can be made of again. */
export interface Optimizer extends DirectionRule {
  /** `{ kind, …options }`. */
  readonly spec: { readonly kind: string; readonly [option: string]: unknown };
  /** λ. */
  readonly weightDecay: number;
  /** Where λ enters. */
  readonly decay: "coupled" | "decoupled";
  /** Whether biases and normalisation parameters decay too. */
  readonly decayAll: boolean;
}

/** The numbers that a step gets from its schedules. */
export interface StepNumbers {
  /** Scalar η. */
  learningRate: Tensor;
  /** Scalar w; undefined where no gradient weight is used. */
  gradientWeight: Tensor | undefined;
  /** Scalar: the number of this step, from 1. */
  step: Tensor;
}

/**
 * Puts an optimizer together.
 *
 * @throws {RangeError} If the decay is out of range.
 */
export function optimizer(
  kind: string,
  options: object,
  decayOptions: DecayOptions,
  rule: DirectionRule,
): Optimizer {
  const { weightDecay = 0, decay = "coupled", decayAll = true } = decayOptions;
  if (!(weightDecay >= 0 && Number.isFinite(weightDecay))) {
    throw new RangeError(`weightDecay must be >= 0, got ${weightDecay}`);
  }
  if (decay !== "coupled" && decay !== "decoupled") {
    throw new RangeError(
      `decay must be "coupled" or "decoupled", got ${decay}`,
    );
  }
  return {
    spec: { kind, ...options, weightDecay, decay, decayAll },
    weightDecay,
    decay,
    decayAll,
    ...rule,
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
 * @param numbers η, w and the number of the step.
 * @returns New tensors; the caller owns them.
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
  { weightDecay, decay, decayAll, direction: rule }: Optimizer,
  role: string,
  parameter: Tensor,
  gradient: Tensor,
  slots: readonly Tensor[],
  { learningRate, gradientWeight, step }: StepNumbers,
): { parameter: Tensor; slots: Tensor[] } {
  const decays = weightDecay > 0 && (decayAll || role === "kernel");
  const shrink = () => tf.mul(parameter, weightDecay);
  let g = gradientWeight === undefined
    ? gradient
    : tf.mul(gradient, gradientWeight);
  if (decays && decay === "coupled") g = tf.add(g, shrink());
  const { direction, slots: next } = rule(g, slots, step);
  const move = decays && decay === "decoupled"
    ? tf.add(direction, shrink())
    : direction;
  return {
    parameter: tf.sub(parameter, tf.mul(learningRate, move)),
    slots: next,
  };
}
