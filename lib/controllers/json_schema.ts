import type { JsonSchema } from "../schedules/field.ts";
import { kindSchema } from "../schedules/json_schema.ts";
import * as kinds from "./kinds.ts";

/**
 * A JSON Schema (draft 2020-12) of the specs that `parseController` reads, for editors
 * and other languages. It is generated from the definitions of the controllers.
 *
 * @returns The schema, as plain JSON.
 *
 * @example
 * ```ts
 * import { controllerJsonSchema } from "./json_schema.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { $defs } = controllerJsonSchema() as Record<string, any>;
 *
 * strictEqual($defs.lossgrad.properties.factor.exclusiveMinimum, 1);
 * ```
 */
export function controllerJsonSchema(): JsonSchema {
  const factories = Object.values(kinds);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Controller",
    oneOf: factories.map(({ kind }) => ({ $ref: `#/$defs/${kind}` })),
    $defs: Object.fromEntries(factories.map((factory) => [
      factory.kind,
      kindSchema({ ...factory, fields: { ...factory.fields } }),
    ])),
  };
}
