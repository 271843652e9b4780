import type { JsonSchema } from "../schedules/field.ts";
import {
  type KindDescription,
  kindSchema,
  scheduleJsonSchema,
} from "../schedules/json_schema.ts";
import * as kinds from "./kinds.ts";
import * as wholeKinds from "./whole_kinds.ts";

/**
 * A JSON Schema (draft 2020-12) of the specs that `parseOptimizer` reads, for
 * editors and other languages.
 *
 * It is generated from the definitions of the optimizers and of the schedules that
 * may decide their options.
 *
 * @returns The schema, as plain JSON.
 *
 * @example
 * ```ts
 * import { optimizerJsonSchema } from "./json_schema.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { $defs } = optimizerJsonSchema() as Record<string, any>;
 *
 * deepStrictEqual($defs.sgd.required, ["kind"]);
 * ```
 */
export function optimizerJsonSchema(): JsonSchema {
  const factories: KindDescription[] = [
    ...Object.values(kinds),
    ...Object.values(wholeKinds),
  ];
  const { $schema, $defs } = scheduleJsonSchema();
  return {
    $schema: $schema!,
    title: "Optimizer",
    oneOf: factories.map(({ kind }) => ({
      $ref: `#/$defs/${kind}`,
    })),
    $defs: {
      ...$defs as JsonSchema,
      ...Object.fromEntries(factories.map((factory) => [
        factory.kind,
        kindSchema({ ...factory, fields: { ...factory.fields } }),
      ])),
    },
  };
}
