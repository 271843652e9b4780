/**
 * The fields that hold schedules, and lists of other fields.
 *
 * @module
 */
import { show } from "../text/show.ts";
import type { Field, FieldText } from "./field.ts";
import { type FiniteSchedule, isSchedule, type Schedule } from "./schedule.ts";

/** The most items that a list may have. */
const LONGEST_LIST = 1000;

/** A schedule: one that a factory made or, within a spec, a nested spec. */
export function schedule(text: FieldText): Field<Schedule> {
  return {
    ...text,
    schema: { $ref: "#/$defs/schedule" },
    read(value, path, readSchedule) {
      if (readSchedule) return readSchedule(value, path);
      if (isSchedule(value)) return value;
      throw new TypeError(
        `${path} must be a schedule, such as constant({ value: 0.1 }), got ${
          show(value)
        }`,
      );
    },
    write: ({ spec }) => spec,
  };
}

/** A schedule that has a length. */
export function finiteSchedule(
  text: FieldText,
): Field<FiniteSchedule, Schedule> {
  const field = schedule(text);
  return {
    ...text,
    schema: field.schema,
    write: field.write,
    read(value, path, readSchedule) {
      const read = field.read(value, path, readSchedule);
      if (read.steps !== undefined) return read as FiniteSchedule;
      throw new TypeError(
        `${path} must have a length, but this ${read.spec.kind} never ends: give it steps`,
      );
    },
  };
}

/** A list of 1 to 1000 items. */
export function list<Item, Given>(
  { item, ...text }: FieldText & { readonly item: Field<Item, Given> },
): Field<readonly Item[], readonly Given[]> {
  return {
    ...text,
    schema: {
      type: "array",
      items: item.schema,
      minItems: 1,
      maxItems: LONGEST_LIST,
    },
    read(value, path, readSchedule) {
      if (!Array.isArray(value)) {
        throw new TypeError(`${path} must be a list, got ${show(value)}`);
      }
      if (value.length < 1 || value.length > LONGEST_LIST) {
        throw new RangeError(
          `${path} must have 1 to ${LONGEST_LIST} items, got ${value.length}`,
        );
      }
      return Array.from(
        value,
        (part, i) => item.read(part, `${path}[${i}]`, readSchedule),
      );
    },
    write: (items) => Object.freeze(items.map((part) => item.write(part))),
  };
}

/** One item, or a list of 1 to 1000. */
export function oneOrMore<Item, Given>(
  { item, ...text }: FieldText & { readonly item: Field<Item, Given> },
): Field<Item | readonly Item[], Given | readonly Given[]> {
  const items = list({ item, ...text });
  return {
    ...text,
    schema: { anyOf: [item.schema, items.schema] },
    read: (value, path, readSchedule) =>
      (Array.isArray(value) ? items : item).read(value, path, readSchedule),
    write: (value) =>
      Array.isArray(value) ? items.write(value) : item.write(value as Given),
  };
}
