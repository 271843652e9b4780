/**
 * The JSON Schema of flatness reports.
 *
 * @module
 */
import type { JsonSchema } from "../schedules/field.ts";
import type { Json } from "../schedules/schedule.ts";
import { budgets } from "./effort.ts";
import { metricNames, metrics } from "./measurement.ts";

const number = { type: "number" };
const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const hash = { type: "string", pattern: "^[0-9a-f]{64}$" };
const list = (items: Json): JsonSchema => ({ type: "array", items });
const orNull = (schema: JsonSchema): JsonSchema => ({
  anyOf: [schema, { type: "null" }],
});

/** An object all of whose fields are required, but for those that are named. */
function object(
  properties: Record<string, JsonSchema>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties)
    .filter((name) => !optional.includes(name));
  return { type: "object", properties, required, additionalProperties: false };
}

const numbers: JsonSchema = {
  anyOf: [number, list(number), { type: "null" }],
};

const measurement = object({
  value: {
    ...numbers,
    description: "The value; null where there is none, and note says why.",
  },
  error: { ...numbers, description: "One standard error; null if not known." },
  cost: {
    type: "number",
    minimum: 0,
    description: "Forward passes over the subset; numbers of one run have its.",
  },
  invariantTo: list({
    enum: [
      "layerRescaling",
      "neuronRescaling",
      "sameFunction",
      "orthogonalMaps",
    ],
  }),
  at: list(number),
  note: text,
}, ["at", "note"]);

const metricName: JsonSchema = { enum: [...metricNames] };

/** Of each measure, where it was taken. */
const byMetric = (schema: JsonSchema): JsonSchema => ({
  type: "object",
  propertyNames: metricName,
  additionalProperties: schema,
});

const ofModel: Record<string, JsonSchema> = {
  model: object({
    path: text,
    format: text,
    sha256: hash,
    weightsSha256: hash,
    parameters: count,
  }),
  measurements: {
    type: "object",
    properties: Object.fromEntries(
      metricNames.map((name) => [name, {
        $ref: "#/$defs/measurement",
        description: metrics[name].title,
      }]),
    ),
    additionalProperties: false,
  },
  selfChecks: object({
    repeat: number,
    otherBatchSize: number,
    weightsRestored: { type: "boolean" },
    hessianDifference: orNull(number),
    hessianPair: orNull(number),
    unfrozen: list(text),
  }),
  rescaling: orNull(object({
    examples: count,
    factors: list(object({ multiplied: text, divided: text, factor: number })),
    functionChange: number,
    changes: byMetric(number),
    moved: list(metricName),
    unexpected: list(metricName),
  })),
};

const comparison = object({
  ...ofModel,
  differences: byMetric(object({ value: number, error: orNull(number) })),
  directions: list(object({
    norm: { enum: ["filter", "unit", "fooling"] },
    layers: { enum: ["all", "first"] },
    alpha: number,
    rises: list(number),
    otherRises: list(number),
    otherHigher: count,
    pValue: { type: "number", minimum: 0, maximum: 1 },
  })),
});

/**
 * A JSON Schema (draft 2020-12) of `report.json`, as `deno task flatness --schema`
 * prints it. Names stay as they are within a `format`.
 */
export function flatnessJsonSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Flatness report",
    ...object({
      format: { const: "slope-flatness-1" },
      ...ofModel,
      data: object({
        path: text,
        examples: count,
        of: count,
        sha256: hash,
        shape: list(count),
        classes: count,
      }),
      settings: object({
        loss: text,
        preprocessing: text,
        split: { enum: ["train", "test"] },
        budget: { enum: [...budgets] },
        metrics: list(metricName),
        seed: count,
        batchSize: count,
        precision: { enum: ["float32", "float64"] },
        normalisation: text,
        level: number,
        backend: text,
      }),
      comparison: { $ref: "#/$defs/comparison" },
      cautions: list(text),
      expectedSeconds: number,
      seconds: number,
    }, ["comparison"]),
    $defs: { measurement, comparison },
  };
}
