/**
 * The fields that the options of schedules are made of. A field refuses wrong
 * values, writes right ones as JSON, and describes itself as JSON Schema.
 *
 * @module
 */
import { show } from "../text/show.ts";
import type { Json, Schedule } from "./schedule.ts";

/** A part of a JSON Schema. */
export interface JsonSchema {
  /** The keywords, such as `type`. */
  readonly [keyword: string]: Json;
}

/** Makes the schedule of a nested spec, or refuses it by its path. */
export type ReadSchedule = (spec: unknown, path: string) => Schedule;

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
  /** The number that all must exceed. */
  readonly above?: number;
  /** Whether only integers are taken. */
  readonly integer?: boolean;
}

/** A number: finite, and in a range. */
export function number(
  { minimum, above, integer = false, ...text }: FieldText & NumberRange,
): Field<number> {
  const maximum = integer ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
  let range = "";
  if (minimum !== undefined) range = `≥ ${minimum}`;
  if (above !== undefined) range = `> ${above}`;
  const kind = `${integer ? "an integer" : "a number"} ${range}`.trimEnd();

  /** What a number should be, or nothing if it is right. */
  function fault(value: number): string | undefined {
    if (!Number.isFinite(value)) return "finite";
    if (value > maximum) return `≤ ${maximum}`;
    const isRight = (!integer || Number.isInteger(value)) &&
      (minimum === undefined || value >= minimum) &&
      (above === undefined || value > above);
    if (!isRight) return integer ? kind : range;
  }
  return {
    ...text,
    schema: {
      type: integer ? "integer" : "number",
      ...(minimum === undefined ? {} : { minimum }),
      ...(above === undefined ? {} : { exclusiveMinimum: above }),
      ...(integer ? { maximum } : {}),
    },
    read(value, path) {
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

/** The same field, but it may be missing. */
export function optional<Value, Given>(
  field: Field<Value, Given>,
): Field<Value | undefined, Given> & { readonly optional: true } {
  return { ...(field as Field<Value | undefined, Given>), optional: true };
}

/** The same field with a value that stands for a missing one. */
export function withDefault<Value extends Json>(
  value: Value,
  field: Field<Value>,
): Field<Value> & { readonly default: Value } {
  return { ...field, default: value };
}
