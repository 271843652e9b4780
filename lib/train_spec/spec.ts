/**
 * What `deno task train` reads: a model, data, and how the one is trained on the
 * other, as plain JSON.
 *
 * @module
 */
import { gradientWeightJsonSchema } from "../gradient_weights/json_schema.ts";
import { optimizerJsonSchema } from "../optimizers/json_schema.ts";
import {
  choice,
  type Field,
  flag,
  type JsonSchema,
  number,
  optional,
  withDefault,
} from "../schedules/field.ts";
import { scheduleJsonSchema } from "../schedules/json_schema.ts";
import { list } from "../schedules/nested_field.ts";
import {
  fieldsSchema,
  readFields,
  type ValuesOf,
} from "../schedules/record.ts";
import type { Json } from "../schedules/schedule.ts";
import { show } from "../text/show.ts";

/** A text. */
function text(description: string): Field<string> {
  return {
    description,
    schema: { type: "string", minLength: 1 },
    read(value, path) {
      if (typeof value === "string" && value !== "") return value;
      throw new TypeError(`${path} must be a text, got ${show(value)}`);
    },
    write: (value) => value,
  };
}

/** An object that another reader checks when more is known. */
function later(
  description: string,
  schema: JsonSchema,
): Field<Record<string, unknown>, Json> {
  return {
    description,
    schema,
    read(value, path) {
      if (
        typeof value === "object" && value !== null && !Array.isArray(value)
      ) {
        return value as Record<string, unknown>;
      }
      throw new TypeError(`${path} must be an object, got ${show(value)}`);
    },
    write: (value) => value,
  };
}

const modelFields = {
  file: text("the file, or the folder of a run, relative to the spec"),
  architecture: optional(later(
    "what weights in safetensors or .npz are the weights of",
    { type: "object" },
  )),
};

/** A model: a file, or a network by name. */
const model: Field<Record<string, unknown>, Json> = {
  description:
    "a file with a model, or the name and options of one of Slope's networks",
  schema: {
    anyOf: [
      fieldsSchema(modelFields),
      { type: "object", required: ["kind"], properties: { kind: {} } },
    ],
  },
  read(value, path) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new TypeError(
        `${path} must be an object such as { "file": "model.keras" } or { "kind": "lenet" }, got ${
          show(value)
        }`,
      );
    }
    return "kind" in value
      ? value as Record<string, unknown>
      : readFields("model", modelFields, value, path);
  },
  write: (value) => value,
};

const dataFields = {
  name: optional(text("the name of a data set, such as fashion-mnist")),
  file: optional(
    text("a file or folder of examples to train on, relative to the spec"),
  ),
  test: optional(text("a file or folder of examples to test on")),
  kind: optional(choice({
    description: "what the labels are",
    names: ["classification", "regression"],
  })),
  labels: optional(text("the idx file of labels")),
  label: optional(text("the column of labels in CSV")),
  size: optional(number({
    description:
      "of a folder with train and val, whose pictures are of any size or too many for memory: the rows and columns that are cut out of each, read while it is trained on",
    unit: "pixels",
    minimum: 1,
    maximum: 4096,
    integer: true,
  })),
  shorterSide: optional(number({
    description:
      "what the pictures' shorter sides are scaled to before that; default: size · 8/7",
    unit: "pixels",
    minimum: 1,
    maximum: 8192,
  })),
  validation: withDefault(
    0.1,
    number({
      description:
        "the share of the training examples that is held out to validate with",
      minimum: 0,
      maximum: 0.5,
    }),
  ),
  standardise: optional(flag({
    description:
      "whether inputs get mean 0 and deviation 1 a channel, by the training examples; default: for named networks, not for files",
  })),
};

/** The examples. */
const data: Field<ValuesOf<typeof dataFields>, Json> = {
  description: "the examples: a file of one's own, or a data set by name",
  schema: fieldsSchema(dataFields),
  read(value, path) {
    const values = readFields("data", dataFields, value, path);
    if ((values.name === undefined) === (values.file === undefined)) {
      throw new TypeError(
        `${path} must have either ${path}.name or ${path}.file`,
      );
    }
    const { size, shorterSide, file } = values;
    if (size === undefined && shorterSide !== undefined) {
      throw new TypeError(`${path}.shorterSide needs ${path}.size beside it`);
    }
    if (size === undefined) return values;
    const other =
      (["test", "label", "labels"] as const).find((name) =>
        values[name] !== undefined
      ) ?? (values.kind === "regression" ? "kind" : undefined);
    if (file === undefined || other !== undefined) {
      throw new TypeError(
        `${path}.size is of a folder of pictures (${path}.file) that has train and val: leave ${path}.${
          other ?? "name"
        } out`,
      );
    }
    return values;
  },
  write: (value) => value,
};

const fields = {
  model,
  data,
  loss: optional(choice({
    description: "what is minimised; default: what the model's end asks for",
    names: [
      "softmaxCrossEntropy",
      "sparseCategoricalCrossentropy",
      "categoricalCrossentropy",
      "binaryCrossentropy",
      "meanSquaredError",
      "meanAbsoluteError",
    ],
  })),
  learningRate: later("the learning rate: any schedule", {
    $ref: "#/$defs/schedule",
  }),
  gradientWeight: optional(
    later("what multiplies the gradient, and leaves weight decay alone", {
      $ref: "#/$defs/gradientWeight",
    }),
  ),
  optimizer: later("the update rule", { $ref: "#/$defs/optimizer" }),
  clip: optional(
    later("how gradients are clipped: value, norm", { type: "object" }),
  ),
  groups: optional(list({
    description: "parameters with rates and decays of their own",
    item: later("names or roles, rateFactor, decayFactor", { type: "object" }),
  })),
  averaging: optional(
    later(
      "how weights are averaged along the training; the averages are what is exported",
      { type: "object", required: ["kind"] },
    ),
  ),
  batchSize: withDefault(
    32,
    number({ description: "examples a step", minimum: 1, integer: true }),
  ),
  microBatches: withDefault(
    1,
    number({
      description: "the parts that a batch is taken in, to save memory",
      minimum: 1,
      integer: true,
    }),
  ),
  epochs: number({
    description: "the length of the training",
    unit: "epochs",
    minimum: 1,
    maximum: 1_000_000,
    integer: true,
  }),
  seed: withDefault(
    0,
    number({
      description: "decides initial values, order, augmentation and dropout",
      minimum: 0,
      integer: true,
    }),
  ),
  augment: withDefault(
    false,
    flag({ description: "whether images are randomly cropped and flipped" }),
  ),
  export: optional(list({
    description:
      "files that the trained model is written to, in the run's folder: .safetensors, .keras or .json",
    item: text("a file's name"),
  })),
};

/** What is trained on what, and how; fields that others read are still plain. */
export type TrainSpec = ValuesOf<typeof fields>;

/**
 * Reads a spec of a training. What depends on the data (schedules in epochs, the
 * model's shapes) is checked when they are there.
 *
 * @param spec The plain form, from anywhere.
 * @throws {TypeError} If a field is missing, unknown, or of the wrong type.
 * @throws {RangeError} If a number is out of range, or a name unknown.
 *
 * @example
 * ```ts
 * import { parseTrainSpec } from "./spec.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * const spec = {
 *   model: { kind: "lenet" },
 *   data: { name: "drawn-digits" },
 *   learningRate: { kind: "cosine", from: 0.1, steps: { fraction: 1 } },
 *   optimizer: { kind: "momentum" },
 *   epochs: 5,
 * };
 * strictEqual(parseTrainSpec(spec).batchSize, 32);
 * throws(
 *   () => parseTrainSpec({ ...spec, batchSise: 16 }),
 *   /has no field "batchSise"; did you mean "batchSize"\?/,
 * );
 * ```
 */
export function parseTrainSpec(spec: unknown): TrainSpec {
  return readFields("training", fields, spec, "");
}

/**
 * A JSON Schema (draft 2020-12) of the specs that {@linkcode parseTrainSpec} reads,
 * for editors: generated from the same definitions.
 */
export function trainJsonSchema(): JsonSchema {
  const schedules = scheduleJsonSchema();
  const weights = gradientWeightJsonSchema().$defs as Record<
    string,
    JsonSchema
  >;
  const optimizers = optimizerJsonSchema();
  return {
    $schema: schedules.$schema!,
    title: "Training",
    ...fieldsSchema(fields),
    $defs: {
      ...weights,
      ...optimizers.$defs as JsonSchema,
      ...schedules.$defs as JsonSchema,
      gradientWeight: weights.schedule!,
      optimizer: { oneOf: optimizers.oneOf! },
    },
  };
}
