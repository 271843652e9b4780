/**
 * How an optimizer is defined that looks at all parameters at once: one that keeps
 * vectors and a few numbers, and chooses its own step size.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../runtime/tensor.ts";
import {
  flag,
  number,
  type ReadSchedule,
  withDefault,
} from "../schedules/field.ts";
import {
  type Fields,
  type OptionsOf,
  readFields,
  type ValuesOf,
  writeFields,
} from "../schedules/record.ts";
import type { OptimizerFactory } from "./define.ts";
import type { Optimizer, WholeStep, WholeStepped } from "./optimizer.ts";

/** The options that all such optimizers have. */
export interface WholeDecayOptions {
  /** Weight decay λ, ≥ 0: λ·θ joins the gradient. @default {0} */
  readonly weightDecay?: number;
  /** Whether biases and normalisation parameters decay too. @default {true} */
  readonly decayAll?: boolean;
}

const decayFields = {
  weightDecay: withDefault(
    0,
    number({ description: "weight decay λ, coupled", minimum: 0 }),
  ),
  decayAll: withDefault(
    true,
    flag({ description: "whether biases and normalisation decay too" }),
  ),
};

/** A kind of optimizer that looks at all parameters at once. */
export interface WholeDefinition<Of extends Fields> {
  /** The name of the factory, and of the kind in a spec. */
  readonly kind: string;
  /** One sentence on what it is. */
  readonly summary: string;
  /** The formula, on one line. */
  readonly formula: string;
  /** The options, but for those of decay. */
  readonly fields: Of;
  /** Names of the tensors kept for each parameter, of its shape; 0 at first. */
  readonly slots:
    | readonly string[]
    | ((values: ValuesOf<Of>) => readonly string[]);
  /** Names of the numbers kept for all parameters together; 0 at first. */
  readonly shared: readonly string[];
  /** Whether it gives the weights to evaluate beside those that are trained. */
  readonly averages?: boolean;
  /** The rule. */
  step(options: ValuesOf<Of>, before: WholeStep): WholeStepped;
}

/** Σ aᵢ·bᵢ over all parameters, a scalar. */
export function inner(a: readonly Tensor[], b: readonly Tensor[]): Tensor {
  return tf.addN(a.map((t, i) => tf.sum(tf.mul(t, b[i]!))));
}

/** What was kept, or at the first step, where that is 0, something else. */
export function begun(
  kept: Tensor,
  first: Tensor,
  start: Tensor | number,
): Tensor {
  return tf.add(kept, tf.mul(start, first));
}

/** The factory of such a kind. */
export function defineWholeOptimizer<const Of extends Fields>(
  definition: WholeDefinition<Of>,
): OptimizerFactory<OptionsOf<Of & typeof decayFields>> {
  type Options = OptionsOf<Of & typeof decayFields>;
  const { kind, summary, formula, slots, shared, averages } = definition;
  const fields = { ...definition.fields, ...decayFields };

  function make(
    options: unknown,
    path: string,
    readSchedule?: ReadSchedule,
  ): Optimizer {
    const values = readFields<Fields>(
      kind,
      fields,
      options,
      path,
      readSchedule,
    );
    const { weightDecay, decayAll } = values as unknown as
      & Required<WholeDecayOptions>
      & Fields;
    return {
      spec: Object.freeze({ kind, ...writeFields(fields, values) }),
      schedules: {},
      weightDecay,
      decay: "coupled",
      decayAll,
      slots: typeof slots === "function"
        ? slots(values as ValuesOf<Of>)
        : slots,
      direction() {
        throw new TypeError(
          `${kind} looks at all parameters at once and has no direction of one: use it with train or trainTogether`,
        );
      },
      whole: {
        shared,
        averages: averages ?? false,
        step: (before) => definition.step(values as ValuesOf<Of>, before),
      },
    };
  }

  return Object.assign(
    (options: Options = {} as Options) => make(options, ""),
    {
      kind,
      summary,
      formula,
      fields: fields as Fields as OptimizerFactory<Options>["fields"],
      read: make,
    },
  );
}
