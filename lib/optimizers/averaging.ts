/**
 * Averaged weights: an average a of the parameters θ along a training,
 * a ← a + c·(θ − a) after each step, where c is a closed form of the step.
 *
 * @module
 */
import type { Field, ReadSchedule } from "../schedules/field.ts";
import {
  type Fields,
  readFields,
  type ValuesOf,
  writeFields,
} from "../schedules/record.ts";
import { choice } from "./hyperparameter.ts";
import type { OptimizerSpec } from "./optimizer.ts";

/** A way to average weights. */
export interface Averaging {
  /** `{ kind, …options }`, from which `parseAveraging` makes it again. */
  readonly spec: OptimizerSpec;
  /**
   * Where the running statistics of normalisation come from: `"average"`, from
   * their own average; `"recalibrate"`, from an epoch of forward passes with the
   * averaged weights.
   */
  readonly statistics: "average" | "recalibrate";
  /** The steps after which there is an average. */
  readonly begins: number;
  /** c after a step, counted from 0: the share that the parameters then get. */
  share(step: number): number;
}

/** The option that says where running statistics come from. */
export function statisticsField(
  standard: Averaging["statistics"],
): Field<Averaging["statistics"]> & {
  readonly default: Averaging["statistics"];
} {
  return choice({
    description: "where the running statistics of normalisation come from",
    words: ["average", "recalibrate"],
    default: standard,
  });
}

/** A kind of averaging. */
export interface AveragingKind {
  /** The name of the factory, and of the kind in a spec. */
  readonly kind: string;
  /** The averaging with options given as JSON, somewhere in a spec. */
  read(options: unknown, path: string, readSchedule?: ReadSchedule): Averaging;
}

/** A kind of averaging: its options, and what they mean. */
export function averagingKind<const Of extends Fields>(
  kind: string,
  fields: Of,
  make: (
    values: ValuesOf<Of>,
  ) => Omit<Averaging, "spec">,
): AveragingKind {
  return {
    kind,
    read(options, path, readSchedule) {
      const values = readFields(kind, fields, options, path, readSchedule);
      const spec = Object.freeze({ kind, ...writeFields(fields, values) });
      return { spec, ...make(values) };
    },
  };
}
