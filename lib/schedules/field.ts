/**
 * The fields that the options of schedules are made of. A field refuses wrong
 * values, writes right ones as JSON, and describes itself as JSON Schema.
 *
 * @module
 */
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import type { Json, Schedule } from "./schedule.ts";
import { type Duration, inSteps, type Units } from "./units.ts";

/** A part of a JSON Schema. */
export interface JsonSchema {
  /** The keywords, such as `type`. */
  readonly [keyword: string]: Json;
}

/** Makes the schedule of a nested spec, or refuses it by its path. */
export interface ReadSchedule {
  /** The schedule. */
  (spec: unknown, path: string): Schedule;
  /** What epochs and fractions of the budget are converted by. */
  readonly units?: Units;
}

/**
 * One option of a schedule, or a part of one. `Given` is what it may be given
 * as, `Value` what that is read as: the same, or more precise.
 */
export interface Field<Value, Given = Value> {
  /** What it is, without a full stop. */
  readonly description: string;
  /** What it is counted in, such as `steps`. */
  readonly unit?: string;
  /** What JSON Schema says of it, but for description and default. */
  readonly schema: JsonSchema;
  /** Whether it may be missing. */
  readonly optional?: boolean;
  /** What stands for a missing value. */
  readonly default?: Value;
  /** What a missing value means where nothing is written down for it. */
  readonly assumed?: NonNullable<Value>;
  /** The same in words, where no value means it. */
  readonly ifMissing?: string;
  /**
   * The value, checked.
   *
   * @param value What was given.
   * @param path Where, such as `inner.k`.
   * @param readSchedule Reads nested specs; without it only schedules nest.
   */
  read(value: unknown, path: string, readSchedule?: ReadSchedule): Value;
  /** The value as JSON writes it, frozen. */
  write(given: Given): Json;
}

/** What a field is: the part of its definition that its type leaves open. */
export interface FieldText {
  /** What it is, without a full stop. */
  readonly description: string;
  /** What it is counted in, such as `steps`. */
  readonly unit?: string;
}

/** Which numbers a field takes. */
export interface NumberRange {
  /** The least number. */
  readonly minimum?: number;
  /** The greatest number. */
  readonly maximum?: number;
  /** The number that all must exceed. */
  readonly above?: number;
  /** Whether only integers are taken. */
  readonly integer?: boolean;
}

/** A range in words, such as `≥ 1` or `from 0 to 1`; nothing if all is in it. */
function rangeText({ minimum, above, maximum }: NumberRange): string {
  if (minimum !== undefined && maximum !== undefined) {
    return `from ${minimum} to ${maximum}`;
  }
  const ends: string[] = [];
  if (minimum !== undefined) ends.push(`≥ ${minimum}`);
  if (above !== undefined) ends.push(`> ${above}`);
  if (maximum !== undefined) ends.push(`≤ ${maximum}`);
  return ends.join(" and ");
}

/**
 * A number: finite, and in a range. In a spec, one that counts steps may also be
 * a duration in epochs or as a fraction of the budget; where an integer is asked
 * for, it is rounded.
 */
export function number(
  { minimum, maximum, above, integer = false, ...text }:
    & FieldText
    & NumberRange,
): Field<number> {
  const greatest = maximum ??
    (integer ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE);
  const range = rangeText({
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(above === undefined ? {} : { above }),
  });
  const kind = `${integer ? "an integer" : "a number"} ${range}`.trimEnd();
  const isDuration = text.unit === "steps";
  const schema: JsonSchema = {
    type: integer ? "integer" : "number",
    ...(minimum === undefined ? {} : { minimum }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(maximum === undefined && !integer ? {} : { maximum: greatest }),
  };

  /** What a number should be, or nothing if it is right. */
  function fault(value: number): string | undefined {
    if (!Number.isFinite(value)) return "finite";
    if (value > greatest && maximum === undefined) return `≤ ${greatest}`;
    const isRight = (!integer || Number.isInteger(value)) &&
      value <= greatest &&
      (minimum === undefined || value >= minimum) &&
      (above === undefined || value > above);
    if (!isRight) return integer ? kind : range;
  }
  return {
    ...text,
    schema: isDuration
      ? { anyOf: [schema, { $ref: "#/$defs/duration" }] }
      : schema,
    read(given, path, readSchedule) {
      let value = given;
      if (isDuration && readSchedule && typeof given === "object") {
        const steps = inSteps(given as Duration, readSchedule.units, path);
        value = integer ? Math.round(steps) : steps;
      }
      if (typeof value !== "number") {
        throw new TypeError(
          `${path} must be ${kind}, got ${show(value)}`,
        );
      }
      const allowed = fault(value);
      if (allowed !== undefined) {
        throw new RangeError(`${path} must be ${allowed}, got ${value}`);
      }
      return value + 0; // JSON has no -0
    },
    write: (value) => value,
  };
}

/** A length: an integer number of steps, at least one. */
export function length(description: string): Field<number> {
  return number({ description, unit: "steps", minimum: 1, integer: true });
}

/** Yes or no. */
export function flag(text: FieldText): Field<boolean> {
  return {
    ...text,
    schema: { type: "boolean" },
    read(value, path) {
      if (typeof value === "boolean") return value;
      throw new TypeError(`${path} must be true or false, got ${show(value)}`);
    },
    write: (value) => value,
  };
}

/** One of a few names. */
export function choice<const Name extends string>(
  { names, ...text }: FieldText & { readonly names: readonly Name[] },
): Field<Name> {
  const all = names.map((name) => JSON.stringify(name)).join(" or ");
  return {
    ...text,
    schema: { enum: names },
    read(value, path) {
      if (typeof value !== "string") {
        throw new TypeError(`${path} must be ${all}, got ${show(value)}`);
      }
      if ((names as readonly string[]).includes(value)) return value as Name;
      throw new RangeError(
        `${path} must be ${all}, got ${show(value)}${didYouMean(value, names)}`,
      );
    },
    write: (value) => value,
  };
}

/**
 * The same field, but it may be missing.
 *
 * @param missing What that means: the value it stands for, or words.
 */
export function optional<Value, Given>(
  field: Field<Value, Given>,
  missing: Pick<Field<Value, Given>, "assumed" | "ifMissing"> = {},
): Field<Value | undefined, Given> & { readonly optional: true } {
  return {
    ...(field as Field<Value | undefined, Given>),
    ...missing as Pick<Field<Value | undefined, Given>, "assumed">,
    optional: true,
  };
}

/** The same field with a value that stands for a missing one. */
export function withDefault<Value extends Json>(
  value: Value,
  field: Field<Value>,
): Field<Value> & { readonly default: Value } {
  return { ...field, default: value };
}
