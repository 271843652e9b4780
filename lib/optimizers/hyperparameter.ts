/**
 * The options of optimizers: numbers that may also change by a schedule, and
 * choices among words.
 *
 * @module
 */
import type { Field, FieldText } from "../schedules/field.ts";
import { schedule } from "../schedules/nested_field.ts";
import { isSchedule, type Schedule } from "../schedules/schedule.ts";
import { show } from "../text/show.ts";

/** A number, or a schedule that gives it at each step (counted from 0). */
export type Hyperparameter = number | Schedule;

/** Which numbers a hyper-parameter takes. */
interface Range {
  /** The least number. */
  readonly minimum?: number;
  /** The number that all must exceed. */
  readonly above?: number;
  /** The number that all must stay under. */
  readonly below?: number;
}

/** How many steps of a schedule are looked at before training. */
const LOOKS = 256;

/** What a number must be, in words. */
function rangeText({ minimum, above, below }: Range): string {
  if (below === undefined) {
    return above === undefined ? `>= ${minimum}` : `> ${above}`;
  }
  return `in ${above === undefined ? `[${minimum}` : `(${above}`}, ${below})`;
}

function isWithin(value: number, { minimum, above, below }: Range): boolean {
  return Number.isFinite(value) &&
    (minimum === undefined || value >= minimum) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below);
}

/** Refuses a schedule that leaves the range at a step that is looked at. */
function checkSchedule(given: Schedule, range: Range, path: string): void {
  const last = given.steps ?? 1e6;
  for (let i = 0; i <= LOOKS; i++) {
    const step = Math.round(last * i / LOOKS);
    const value = given(step);
    if (isWithin(value, range)) continue;
    throw new RangeError(
      `${path} must be ${rangeText(range)}, got ${value} at step ${step}`,
    );
  }
}

/** A hyper-parameter: a number in a range, or a schedule of such numbers. */
export function hyperparameter(
  { default: standard, minimum, above, below, ...text }:
    & FieldText
    & Range
    & { readonly default: number },
): Field<Hyperparameter> & { readonly default: number } {
  const range: Range = {
    ...minimum === undefined ? {} : { minimum },
    ...above === undefined ? {} : { above },
    ...below === undefined ? {} : { below },
  };
  const nested = schedule(text);
  return {
    ...text,
    default: standard,
    schema: {
      anyOf: [
        {
          type: "number",
          ...minimum === undefined ? {} : { minimum },
          ...above === undefined ? {} : { exclusiveMinimum: above },
          ...below === undefined ? {} : { exclusiveMaximum: below },
        },
        nested.schema,
      ],
    },
    read(value, path, readSchedule) {
      if (typeof value === "number") {
        if (isWithin(value, range)) return value + 0; // JSON has no -0
        throw new RangeError(
          `${path} must be ${rangeText(range)}, got ${value}`,
        );
      }
      if (typeof value !== "object" && !isSchedule(value)) {
        throw new TypeError(
          `${path} must be a number or a schedule, got ${show(value)}`,
        );
      }
      const read = nested.read(value, path, readSchedule);
      checkSchedule(read, range, path);
      return read;
    },
    write: (value) => typeof value === "number" ? value : value.spec,
  };
}

/** One of a few words. */
export function choice<const Word extends string>(
  { words, default: standard, ...text }: FieldText & {
    readonly words: readonly Word[];
    readonly default: Word;
  },
): Field<Word> & { readonly default: Word } {
  return {
    ...text,
    default: standard,
    schema: { enum: words },
    read(value, path) {
      const found = words.find((word) => word === value);
      if (found !== undefined) return found;
      throw new RangeError(
        `${path} must be ${
          words.map((word) => JSON.stringify(word)).join(" or ")
        }, got ${show(value)}`,
      );
    },
    write: (value) => value,
  };
}
