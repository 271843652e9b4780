import type { JsonSchema } from "../schedules/field.ts";
import { kindSchema, scheduleJsonSchema } from "../schedules/json_schema.ts";
import * as kinds from "./kinds.ts";

/**
 * A JSON Schema (draft 2020-12) of the specs that `parseGradientWeight` reads, for
 * editors and other languages: those of schedules, and of the weights here.
 *
 * @returns The schema, as plain JSON.
 *
 * @example
 * ```ts
 * import { gradientWeightJsonSchema } from "./json_schema.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { $defs } = gradientWeightJsonSchema() as Record<string, any>;
 *
 * deepStrictEqual($defs.linearDecrease.required, ["kind", "steps"]);
 * ```
 */
export function gradientWeightJsonSchema(): JsonSchema {
  const factories = Object.values(kinds);
  const { $defs, ...rest } = scheduleJsonSchema();
  const { schedule, ...others } = $defs as Record<string, JsonSchema>;
  return {
    ...rest,
    title: "Gradient weight",
    $defs: {
      schedule: {
        oneOf: [
          ...schedule!.oneOf as JsonSchema[],
          ...factories.map(({ kind }) => ({ $ref: `#/$defs/${kind}` })),
        ],
      },
      ...others,
      ...Object.fromEntries(factories.map((factory) => [
        factory.kind,
        kindSchema({ ...factory, fields: { ...factory.fields } }),
      ])),
    },
  };
}
