/**
 * How an optimizer is defined: once, as data and one rule. Its factory, its reading
 * from a spec and its JSON Schema all come from that definition.
 *
 * @module
 */
import type { Tensor } from "../runtime/tensor.ts";
import { flag, type ReadSchedule, withDefault } from "../schedules/field.ts";
import {
  type Fields,
  type OptionsOf,
  readFields,
  type ValuesOf,
  writeFields,
} from "../schedules/record.ts";
import { isSchedule, type Schedule } from "../schedules/schedule.ts";
import { choice, hyperparameter } from "./hyperparameter.ts";
import {
  currentOptions,
  type Optimizer,
  type StepNumbers,
} from "./optimizer.ts";

/** An option at a step: a number, or a scalar where a schedule decides it. */
export type Current = number | Tensor;

/** Options at a step. */
export type CurrentOptions<Of extends Fields> = {
  readonly [Name in keyof Of]: [ReturnType<Of[Name]["read"]>] extends
    [number | Schedule] ? Current : ReturnType<Of[Name]["read"]>;
};

/** How weights decay where options say nothing. */
interface DecayDefaults {
  readonly weightDecay: number;
  readonly decay: "coupled" | "decoupled";
}

/** A kind of optimizer. */
export interface OptimizerDefinition<Of extends Fields> {
  /** The name of the factory, and of the kind in a spec. */
  readonly kind: string;
  /** One sentence on what it is. */
  readonly summary: string;
  /** The formula, on one line. */
  readonly formula: string;
  /** The options, but for those of decay. */
  readonly fields: Of;
  /** Defaults of decay. @default {no decay, coupled} */
  readonly decay?: DecayDefaults;
  /** The names of the state tensors, for checked options. */
  slots(values: ValuesOf<Of>): readonly string[];
  /** Those that are one number. */
  readonly scalarSlots?: readonly string[];
  /** Whether the direction is multiplied by η already. */
  readonly includesRate?: boolean;
  /** The direction for a gradient, and the state after it. */
  direction(
    gradient: Tensor,
    slots: readonly Tensor[],
    options: CurrentOptions<Of>,
    numbers: Omit<StepNumbers, "gradientWeight">,
  ): { direction: Tensor; slots: Tensor[] };
  /** The direction as it is stepped against, decoupled decay included. */
  rescale?(direction: Tensor, parameter: Tensor): Tensor;
}

/** Makes optimizers of one kind. */
export interface OptimizerFactory<Options> {
  /** The optimizer with these options. */
  (options?: Options): Optimizer;
  /** The name of the kind. */
  readonly kind: string;
  /** One sentence on what it is. */
  readonly summary: string;
  /** The formula, on one line. */
  readonly formula: string;
  /** The options: what they are, which values they take, their defaults. */
  readonly fields: { readonly [Name in keyof Options]-?: Fields[string] };
  /** The optimizer with options given as JSON, somewhere in a spec. */
  read(options: unknown, path: string, readSchedule?: ReadSchedule): Optimizer;
}

/** The options that all optimizers have. */
function decayFields({ weightDecay, decay }: DecayDefaults) {
  return {
    weightDecay: hyperparameter({
      description: "weight decay λ",
      minimum: 0,
      default: weightDecay,
    }),
    decay: choice({
      description:
        "whether λ·θ joins the gradient (coupled) or the direction (decoupled)",
      words: ["coupled", "decoupled"],
      default: decay,
    }),
    decayAll: withDefault(
      true,
      flag({ description: "whether biases and normalisation decay too" }),
    ),
  };
}

/**
 * The factory of a kind of optimizer.
 *
 * @param definition What the kind is.
 * @returns A function from options to an optimizer, which carries the definition.
 */
export function defineOptimizer<const Of extends Fields>(
  definition: OptimizerDefinition<Of>,
): OptimizerFactory<OptionsOf<Of & ReturnType<typeof decayFields>>> {
  type Options = OptionsOf<Of & ReturnType<typeof decayFields>>;
  const { kind, summary, formula } = definition;
  const fields = {
    ...definition.fields,
    ...decayFields(
      definition.decay ?? { weightDecay: 0, decay: "coupled" },
    ),
  };

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
    const own = values as ValuesOf<Of>;
    const { weightDecay, decay, decayAll } = values as unknown as Pick<
      Optimizer,
      "weightDecay" | "decay" | "decayAll"
    >;
    const schedules = Object.fromEntries(
      Object.entries(values).filter(([, value]) => isSchedule(value)),
    ) as Record<string, Schedule>;
    const { scalarSlots, includesRate, rescale } = definition;
    return {
      spec: Object.freeze({ kind, ...writeFields(fields, values) }),
      schedules,
      weightDecay,
      decay,
      decayAll,
      slots: definition.slots(own),
      ...scalarSlots ? { scalarSlots } : {},
      ...includesRate ? { includesRate } : {},
      ...rescale ? { rescale } : {},
      direction: (gradient, slots, numbers) =>
        definition.direction(
          gradient,
          slots,
          currentOptions(values, schedules, numbers) as CurrentOptions<Of>,
          numbers,
        ),
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
