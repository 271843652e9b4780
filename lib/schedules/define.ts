/**
 * How a schedule is defined: once, as data and one function. Its factory, its
 * reading from a spec and its JSON Schema all come from that definition.
 *
 * @module
 */
import { displayed } from "./displayed.ts";
import type { ReadSchedule } from "./field.ts";
import {
  type Fields,
  member,
  type OptionsOf,
  readFields,
  type ValuesOf,
  writeFields,
} from "./record.ts";
import type { Schedule, ScheduleSpec } from "./schedule.ts";
import { checkSize } from "./size.ts";

/** What a definition makes of its options: a length, and a value at each step. */
export interface Curve {
  /** The length, in steps; `undefined` if there is none. */
  readonly steps: number | undefined;
  /** The value at a step from 0 to the length. */
  at(step: number): number;
}

/** A kind of schedule. */
export interface ScheduleDefinition<Of extends Fields> {
  /** The name of the factory, and of the kind in a spec. */
  readonly kind: string;
  /** One sentence on what it is. */
  readonly summary: string;
  /** The formula, on one line. */
  readonly formula: string;
  /** The options. */
  readonly fields: Of;
  /**
   * The curve of checked options.
   *
   * @param values The options, with defaults filled in.
   * @param path The path of an option, for messages about more than one.
   */
  curve(values: ValuesOf<Of>, path: (name: keyof Of & string) => string): Curve;
}

/** Makes schedules of one kind. */
export interface ScheduleFactory<Options> {
  /** The schedule with these options. */
  (options: Options): Schedule;
  /** The name of the kind. */
  readonly kind: string;
  /** One sentence on what it is. */
  readonly summary: string;
  /** The formula, on one line. */
  readonly formula: string;
  /** The options: what they are, which values they take, their defaults. */
  readonly fields: { readonly [Name in keyof Options]-?: Fields[string] };
  /** The schedule with options given as JSON, somewhere in a spec. */
  read(options: unknown, path: string, readSchedule: ReadSchedule): Schedule;
}

/**
 * The factory of a kind of schedule.
 *
 * @param definition What the kind is.
 * @returns A function from options to a schedule, which carries the definition.
 */
export function defineSchedule<const Of extends Fields>(
  definition: ScheduleDefinition<Of>,
): ScheduleFactory<OptionsOf<Of>> {
  const { kind, summary, formula, fields } = definition;

  function make(
    options: unknown,
    path: string,
    readSchedule?: ReadSchedule,
  ): Schedule {
    const values = readFields(kind, fields, options, path, readSchedule);
    const curve = definition.curve(values, (name) => member(path, name));
    const { steps = Number.MAX_SAFE_INTEGER } = curve;
    const spec: ScheduleSpec = Object.freeze({
      kind,
      ...writeFields(fields, values),
    });
    checkSize(spec);
    return displayed(Object.assign(
      (step: number): number => {
        if (Number.isNaN(step)) return NaN;
        return curve.at(Math.min(Math.max(step, 0), steps));
      },
      { spec, toJSON: () => spec },
      curve.steps === undefined ? {} : { steps },
    ));
  }

  return Object.assign((options: OptionsOf<Of>) => make(options, ""), {
    kind,
    summary,
    formula,
    fields: fields as Fields as ScheduleFactory<OptionsOf<Of>>["fields"],
    read: make,
  });
}
