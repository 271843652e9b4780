import type { JsonSchema } from "./field.ts";
import * as kinds from "./kinds.ts";
import { type Fields, fieldsSchema } from "./record.ts";
import { durationSchema } from "./units.ts";

/** What a factory says of its kind. */
export interface KindDescription {
  /** The name of the kind. */
  readonly kind: string;
  /** One sentence on what it is. */
  readonly summary: string;
  /** The formula, on one line. */
  readonly formula: string;
  /** The options. */
  readonly fields: Fields;
}

/**
 * A JSON Schema (draft 2020-12) of the specs that `parseSchedule` reads, for
 * editors and other languages.
 *
 * It is generated from the definitions of the schedules. It knows every kind,
 * every option and its range; what it cannot say is which options must agree
 * with each other, which schedules must have a length, and how deep specs nest.
 *
 * @returns The schema, as plain JSON.
 *
 * @example
 * ```ts
 * import { scheduleJsonSchema } from "./json_schema.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { $defs } = scheduleJsonSchema() as Record<string, any>;
 *
 * deepStrictEqual($defs.cosine.required, ["kind", "from", "steps"]);
 * ```
 */
export function scheduleJsonSchema(): JsonSchema {
  const factories = Object.values(kinds);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Schedule",
    $ref: "#/$defs/schedule",
    $defs: {
      schedule: {
        oneOf: factories.map(({ kind }) => ({ $ref: `#/$defs/${kind}` })),
      },
      duration: durationSchema,
      ...Object.fromEntries(factories.map((factory) => [
        factory.kind,
        kindSchema({ ...factory, fields: { ...factory.fields } }),
      ])),
    },
  };
}

/** What JSON Schema says of a kind: of schedules, or of what else has specs. */
export function kindSchema(
  { kind, summary, formula, fields }: KindDescription,
): JsonSchema {
  const { properties, required, ...rest } = fieldsSchema(fields);
  return {
    description: `${summary} ${formula}`,
    properties: { kind: { const: kind }, ...properties as JsonSchema },
    required: ["kind", ...required as string[]],
    ...rest,
  };
}
