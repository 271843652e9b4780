/**
 * What a controller is: a rule that looks at the loss along the step's direction
 * and says how far to go.
 *
 * @module
 */
import type { Json } from "../schedules/schedule.ts";

/** The arithmetic in which a line is evaluated. */
export type LinePrecision = "float32" | "float64";

/**
 * The loss along the direction of a step, f(η) = L(θ − η·d): one batch, one dropout
 * mask, normalisation by the batch's own statistics, at every call.
 *
 * L is the loss of the batch, times the gradient weight where there is one, without
 * weight decay; θ the parameters; d the optimizer's direction, or −d where g·d < 0,
 * so that `slope` ≤ 0; g = ∇L(θ). Under plain gradient descent d = g.
 */
export interface Line {
  /** The arithmetic. */
  readonly precision: LinePrecision;
  /** f(0). */
  readonly value: number;
  /** f′(0) = −g·d, never positive. */
  readonly slope: number;
  /** g·g. */
  readonly gradientNormSquared: number;
  /** d·d. */
  readonly directionNormSquared: number;
  /**
   * −g·d′, where d′ is the direction of the step before: the slope of this batch's
   * loss along it, where that step ended. `undefined` at the first step, and where
   * the controller does not ask for it.
   */
  readonly previousSlope: number | undefined;
  /** f(η): one forward pass. */
  at(rate: number): number;
  /** f′(η) = −∇L(θ − η·d)·d: three forward-pass equivalents. */
  slopeAt(rate: number): number;
  /** f″(0) = dᵀHd, H the Hessian of L at θ: six forward-pass equivalents. */
  curvature(): number;
}

/** Where in the training a step is. */
export interface Context {
  /** Number of the step, from 0. */
  readonly step: number;
  /** Steps of an epoch. */
  readonly stepsPerEpoch: number;
  /**
   * Mean loss over the validation split; only at the step that follows an
   * evaluation, where there is such a split.
   */
  readonly epochMetric?: number;
  /**
   * The step size that the step before took, with what a schedule multiplied it by;
   * absent at the first step.
   */
  readonly previousRate?: number;
}

/** What can happen to a controller, to be counted. */
export type ControllerEventName =
  | "below resolution"
  | "degenerate denominator"
  | "direction reversed"
  | "floor"
  | "negative step size"
  | "no step found"
  | "not convex"
  | "not finite";

/** Something that happened to a controller at a step. */
export interface ControllerEvent {
  /** What. */
  readonly event: ControllerEventName;
  /** In words, with numbers. */
  readonly detail: string;
}

/** What a controller remembers: its kind, and named numbers. */
export interface ControllerState {
  /** The kind of controller that it is the state of. */
  readonly kind: string;
  /** What it remembers, finite. */
  readonly [name: string]: Json;
}

/** What a controller says of a step. */
export interface Decision {
  /** η: the step is θ ← θ − η·d. */
  readonly learningRate: number;
  /** What is remembered for the next step. */
  readonly state: ControllerState;
  /** What happened. */
  readonly events: readonly ControllerEvent[];
}

/** The plain form of a controller: its kind, and all of its options. */
export interface ControllerSpec {
  /** The name of the factory, such as `lossgrad`. */
  readonly kind: string;
  /** The factory's options, with their defaults filled in. */
  readonly [option: string]: Json;
}

/**
 * Chooses the step size of every step from the loss along its direction. It is
 * pure: all that it remembers is a plain JSON state, so that a training resumes
 * exactly.
 */
export interface Controller {
  /** `{ kind, …options }`, from which `parseController` makes it again. */
  readonly spec: ControllerSpec;
  /** The arithmetic that its line is evaluated in. */
  readonly precision: LinePrecision;
  /** Whether it asks for `previousSlope`, for which a direction has to be kept. */
  readonly needsPrevious: boolean;
  /** Whether it acts upon `context.epochMetric`. */
  readonly needsEpochMetric: boolean;
  /** The state before the first step. */
  init(): ControllerState;
  /**
   * The step size at which it looks first, and which it may well take, if that is
   * known before the line is: trainers then compute it in one call with the
   * gradient.
   */
  trial(context: Context, state: ControllerState): number | undefined;
  /**
   * The step size of a step, and what is remembered for the next.
   *
   * A line whose value, slope or norms are not finite gives a step of 0 and leaves
   * the state alone.
   */
  next(line: Line, context: Context, state: ControllerState): Decision;
  /**
   * A state that was stored, checked.
   *
   * @throws {TypeError | RangeError} If it is the state of another kind of
   * controller, or not whole.
   */
  resume(state: unknown): ControllerState;
  /** The plain form too, so that `JSON.stringify` writes a controller. */
  toJSON(): ControllerSpec;
}

/** Whether a value is a controller. */
export function isController(value: unknown): value is Controller {
  return typeof value === "object" && value !== null && "spec" in value &&
    "next" in value && typeof value.next === "function" &&
    "resume" in value && typeof value.resume === "function";
}
