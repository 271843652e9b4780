/**
 * Objects with named fields: the options of a schedule, and what nests in them.
 *
 * @module
 */
import { didYouMean } from "../text/nearest.ts";
import { show } from "../text/show.ts";
import type { Field, FieldText, JsonSchema, ReadSchedule } from "./field.ts";
import type { Json } from "./schedule.ts";

/** Fields by their names. */
export interface Fields {
  /** The field of this name. */
  readonly [name: string]: Field<unknown, never>;
}

/** The values of fields by the same names, with defaults filled in. */
export type ValuesOf<Of extends Fields> = {
  readonly [Name in keyof Of]: ReturnType<Of[Name]["read"]>;
};

/** The names of the fields that may be missing. */
type Omittable<Of extends Fields> = {
  [Name in keyof Of]: Of[Name] extends { optional: true } | { default: unknown }
    ? Name
    : never;
}[keyof Of];

/** What may be given for fields: all of them but those that may be missing. */
export type OptionsOf<Of extends Fields> =
  & {
    readonly [Name in Exclude<keyof Of, Omittable<Of>>]: Given<Of[Name]>;
  }
  & {
    readonly [Name in Omittable<Of>]?: Given<Of[Name]>;
  };

/** What one field may be given as. */
type Given<OfField extends Fields[string]> = Parameters<OfField["write"]>[0];

/** The path of a field within a thing that has a path itself. */
export function member(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/**
 * The values of all fields, checked.
 *
 * @param what The name of the whole in messages, such as `cosine`.
 * @param fields Its fields.
 * @param given What was given for them.
 * @param path Where; empty for the options of a factory itself.
 * @param readSchedule Reads nested specs; without it only schedules nest.
 * @throws {TypeError} If it is no object, or a field is unknown or missing.
 * @throws {TypeError | RangeError} What a field throws.
 */
export function readFields<Of extends Fields>(
  what: string,
  fields: Of,
  given: unknown,
  path: string,
  readSchedule?: ReadSchedule,
): ValuesOf<Of> {
  const names = Object.keys(fields);
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    const place = path === "" ? `the options of ${what}` : path;
    throw new TypeError(
      `${place} must be an object with ${names.join(", ")}, got ${show(given)}`,
    );
  }
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(fields, name)) continue;
    const hint = didYouMean(name, names) || `: it has ${names.join(", ")}`;
    const place = path === "" ? "" : `${path}: `;
    throw new TypeError(`${place}${what} has no field ${show(name)}${hint}`);
  }
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = (given as Record<string, unknown>)[name];
    if (value !== undefined) {
      values[name] = field.read(value, member(path, name), readSchedule);
    } else if (field.default !== undefined) {
      values[name] = field.default;
    } else if (!field.optional) {
      throw new TypeError(
        `${member(path, name)} is missing: ${what} needs ${field.description}`,
      );
    }
  }
  return values as ValuesOf<Of>;
}

/** The values of fields as JSON writes them, frozen; missing ones left out. */
export function writeFields(
  fields: Fields,
  values: object,
): { readonly [name: string]: Json } {
  const written: Record<string, Json> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = (values as Record<string, unknown>)[name];
    if (value !== undefined) written[name] = field.write(value as never);
  }
  return Object.freeze(written);
}

/** What JSON Schema says of an object with these fields and no others. */
export function fieldsSchema(fields: Fields): JsonSchema {
  const entries = Object.entries(fields);
  return {
    type: "object",
    properties: Object.fromEntries(
      entries.map(([name, field]) => [name, fieldSchema(field)]),
    ),
    required: entries.filter(([, field]) =>
      !field.optional && field.default === undefined
    ).map(([name]) => name),
    additionalProperties: false,
  };
}

/** What JSON Schema says of one field, its description and default included. */
function fieldSchema(field: Fields[string]): JsonSchema {
  const unit = field.unit === undefined ? "" : `, in ${field.unit}`;
  return {
    description: field.description + unit,
    ...(field.default === undefined ? {} : { default: field.default as Json }),
    ...field.schema,
  };
}

/** An object with fields of its own, as one field of another. */
export function record<Of extends Fields>(
  { what, fields, ...text }: FieldText & {
    readonly what: string;
    readonly fields: Of;
  },
): Field<ValuesOf<Of>, OptionsOf<Of>> {
  return {
    ...text,
    schema: fieldsSchema(fields),
    read: (value, path, readSchedule) =>
      readFields(what, fields, value, path, readSchedule),
    write: (values) => writeFields(fields, values),
  };
}
