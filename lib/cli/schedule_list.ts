/**
 * What `schedule list` shows.
 *
 * @module
 */
import * as kinds from "../schedules/kinds.ts";
import type { Field } from "../schedules/field.ts";
import type { Json, JsonSchema, ScheduleSpec } from "../schedules/mod.ts";
import { scheduleExamples } from "./schedule_examples.ts";

/** An option of a kind of schedule. */
export interface ListedOption {
  description: string;
  /** What it is counted in; null for plain numbers and everything else. */
  unit: string | null;
  required: boolean;
  /** What stands for a missing value, if anything does. */
  default?: Json;
  /** The same in words, where no value does. */
  ifMissing?: string;
  /** Which values it takes, as JSON Schema. */
  schema: JsonSchema;
}

/** A kind of schedule. */
export interface ListedKind {
  kind: string;
  summary: string;
  formula: string;
  options: Record<string, ListedOption>;
  example: ScheduleSpec;
}

/** Every kind of schedule, by name. */
export function listKinds(): ListedKind[] {
  return Object.values(kinds).map(({ kind, summary, formula, fields }) => ({
    kind,
    summary,
    formula,
    options: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, {
        description: field.description,
        unit: field.unit ?? null,
        required: !field.optional && field.default === undefined,
        ...defaultOf(field),
        schema: field.schema,
      }]),
    ),
    example: scheduleExamples.get(kind)!,
  }));
}

function defaultOf(
  { default: value, assumed, ifMissing }: Field<unknown>,
): Pick<ListedOption, "default" | "ifMissing"> {
  const known = value ?? assumed;
  return {
    ...known === undefined ? {} : { default: known as Json },
    ...ifMissing === undefined ? {} : { ifMissing },
  };
}

/** The list as text: name, sentence, formula, options. */
export function listText(listed: readonly ListedKind[]): string {
  return listed.map(({ kind, summary, formula, options }) =>
    [
      `${kind}: ${summary}`,
      `  ${formula}`,
      ...Object.entries(options).map(([name, option]) =>
        `  ${name.padEnd(14)} ${optionText(option)}`
      ),
    ].join("\n")
  ).join("\n\n");
}

/** What an option is, in one line: description, unit, and whether it is needed. */
export function optionText(option: ListedOption): string {
  const { description, unit, required } = option;
  const need = option.default !== undefined
    ? `default ${JSON.stringify(option.default)}`
    : required
    ? "required"
    : option.ifMissing === undefined
    ? "may be missing"
    : `if missing: ${option.ifMissing}`;
  return `${description}${unit === null ? "" : `, in ${unit}`} (${need})`;
}
