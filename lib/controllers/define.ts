/**
 * How a controller is defined: once, as data and one rule. Its factory, its reading
 * from a spec, the check of its state and its JSON Schema come from that definition.
 *
 * @module
 */
import { choice, optional, type ReadSchedule } from "../schedules/field.ts";
import {
  type Fields,
  type OptionsOf,
  readFields,
  type ValuesOf,
  writeFields,
} from "../schedules/record.ts";
import { show } from "../text/show.ts";
import type {
  Context,
  Controller,
  ControllerEvent,
  ControllerSpec,
  ControllerState,
  Line,
  LinePrecision,
} from "./controller.ts";

/** What a rule makes of a line. */
export interface Outcome<State> {
  /** η of this step. */
  readonly learningRate: number;
  /** What is remembered. */
  readonly state: State;
  /** What happened. @default {nothing} */
  readonly events?: readonly ControllerEvent[];
}

/** A kind of controller. */
export interface ControllerDefinition<
  Of extends Fields,
  StateOf extends Fields,
> {
  /** The name of the factory, and of the kind in a spec. */
  readonly kind: string;
  /** One sentence on what it is. */
  readonly summary: string;
  /** The formula, on one line. */
  readonly formula: string;
  /** The options. */
  readonly fields: Of;
  /** What is remembered. */
  readonly state: StateOf;
  /** Whether `line.previousSlope` is asked for. */
  needsPrevious?(values: ValuesOf<Of>): boolean;
  /** Whether `context.epochMetric` is. */
  needsEpochMetric?(values: ValuesOf<Of>): boolean;
  /** The arithmetic where options say nothing. @default {float32} */
  precision?(values: ValuesOf<Of>): LinePrecision;
  /** Refuses options that do not fit together. */
  check?(values: ValuesOf<Of>, path: string): void;
  /** The state before the first step. */
  init(values: ValuesOf<Of>): ValuesOf<StateOf>;
  /** Where the rule looks first; undefined if that is not known. */
  trial?(
    values: ValuesOf<Of>,
    context: Context,
    state: ValuesOf<StateOf>,
  ): number | undefined;
  /** The rule, for a line that is finite. */
  next(
    values: ValuesOf<Of>,
    line: Line,
    context: Context,
    state: ValuesOf<StateOf>,
  ): Outcome<ValuesOf<StateOf>>;
}

/** Makes controllers of one kind. */
export interface ControllerFactory<Options> {
  /** The controller with these options. */
  (options?: Options): Controller;
  /** The name of the kind. */
  readonly kind: string;
  /** One sentence on what it is. */
  readonly summary: string;
  /** The formula, on one line. */
  readonly formula: string;
  /** The options: what they are, which values they take, their defaults. */
  readonly fields: { readonly [Name in keyof Options]-?: Fields[string] };
  /** The controller with options given as JSON, somewhere in a spec. */
  read(options: unknown, path: string, readSchedule?: ReadSchedule): Controller;
}

/** The options that all controllers have. */
const commonFields = {
  precision: optional(choice({
    description: "the arithmetic of the line",
    names: ["float32", "float64"],
  })),
};

/** The option that all controllers have. */
export interface LineOptions {
  /**
   * The arithmetic in which the line is evaluated; float64 needs the tensorflow
   * backend. @default {"float32"}
   */
  readonly precision?: LinePrecision;
}

const isFiniteLine = (
  { value, slope, gradientNormSquared, directionNormSquared }: Line,
) =>
  [value, slope, gradientNormSquared, directionNormSquared]
    .every(Number.isFinite);

/**
 * The factory of a kind of controller.
 *
 * @param definition What the kind is.
 * @returns A function from options to a controller, which carries the definition.
 */
export function defineController<
  const Of extends Fields,
  const StateOf extends Fields,
>(
  definition: ControllerDefinition<Of, StateOf>,
): ControllerFactory<OptionsOf<Of & typeof commonFields>> {
  type Options = OptionsOf<Of & typeof commonFields>;
  const { kind, summary, formula } = definition;
  const fields = { ...definition.fields, ...commonFields };
  const plain = (state: object): ControllerState => {
    const values = Object.entries(writeFields(definition.state, state));
    return Object.freeze({
      kind,
      ...Object.fromEntries(values.map(([name, value]) => // JSON has no -0.
      [name, typeof value === "number" ? value + 0 : value])),
    });
  };

  function make(
    options: unknown,
    path: string,
    readSchedule?: ReadSchedule,
  ): Controller {
    const all = readFields<Fields>(kind, fields, options, path, readSchedule);
    const values = all as ValuesOf<Of>;
    definition.check?.(values, path);
    const spec: ControllerSpec = Object.freeze({
      kind,
      ...writeFields(fields, all),
    });
    return {
      spec,
      precision: all.precision as LinePrecision | undefined ??
        definition.precision?.(values) ?? "float32",
      needsPrevious: definition.needsPrevious?.(values) ?? false,
      needsEpochMetric: definition.needsEpochMetric?.(values) ?? false,
      init: () => plain(definition.init(values)),
      trial: (context, state) =>
        definition.trial?.(
          values,
          context,
          state as unknown as ValuesOf<StateOf>,
        ),
      next(line, context, state) {
        if (!isFiniteLine(line)) {
          const detail = `the loss is ${line.value}, its slope ${line.slope}`;
          const events = [{ event: "not finite", detail }] as const;
          return { learningRate: 0, state, events };
        }
        const outcome = definition.next(
          values,
          line,
          context,
          state as unknown as ValuesOf<StateOf>,
        );
        const { learningRate, events = [] } = outcome;
        return { learningRate, state: plain(outcome.state), events };
      },
      resume(state) {
        const { kind: found, ...rest } = (state ?? {}) as ControllerState;
        if (found !== kind) {
          throw new TypeError(
            `the state must be that of ${kind}, got ${
              found === undefined ? show(state) : `that of ${show(found)}`
            }: use the controller that it was stored by, or start afresh`,
          );
        }
        return plain(
          readFields(`the state of ${kind}`, definition.state, rest, "state"),
        );
      },
      toJSON: () => spec,
    };
  }

  return Object.assign(
    (options: Options = {} as Options) => make(options, ""),
    {
      kind,
      summary,
      formula,
      fields: fields as Fields as ControllerFactory<Options>["fields"],
      read: make,
    },
  );
}
