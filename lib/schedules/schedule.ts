/**
 * What a schedule is, and what its plain form is made of.
 *
 * @module
 */

/** A value that JSON can write. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/**
 * The plain form of a schedule: the name of its factory and that factory's
 * options, nested, as JSON writes them.
 */
export interface ScheduleSpec {
  /** The name of the factory, such as `cosine`. */
  readonly kind: string;
  /** The factory's options, with their defaults filled in. */
  readonly [option: string]: Json;
}

/**
 * A number for every step of a training run, such as a learning rate: a closed
 * form of the global step, without hidden state, so that resuming is exact.
 *
 * Steps count optimizer updates from 0; fractions of a step are allowed. Before
 * step 0 a schedule has its value at 0, past its length its value at the end (one
 * without a length, past 2⁵³ − 1); at `NaN` it is `NaN`. A schedule of length T
 * trains at its values at 0, …, T − 1 and reaches its end value at T.
 *
 * In a notebook a schedule shows its curve.
 */
export interface Schedule {
  /** The value at a step. */
  (step: number): number;
  /** The plain form, from which `parseSchedule` makes the same schedule again. */
  readonly spec: ScheduleSpec;
  /** The length, in steps; absent from a schedule that never ends. */
  readonly steps?: number;
  /** The plain form too, so that `JSON.stringify` writes a schedule. */
  toJSON(): ScheduleSpec;
}

/** A schedule that has a length. */
export interface FiniteSchedule extends Schedule {
  /** The length, in steps. */
  readonly steps: number;
}

/** Whether a value is a schedule: a function that carries its plain form. */
export function isSchedule(value: unknown): value is Schedule {
  return typeof value === "function" && "spec" in value &&
    typeof value.spec === "object" && value.spec !== null &&
    "kind" in value.spec && typeof value.spec.kind === "string";
}
