/**
 * TensorFlow.js models from descriptions, with the weights that a file has.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { StoredTensor } from "../files/safetensors.ts";
import { show } from "../text/show.ts";
import { mendDilations } from "../training/layers_model/dilations.ts";
import { leafLayers } from "../training/layers_model/leaf_layers.ts";
import type { JsonObject, JsonValue } from "./parse_json.ts";
import { forgetLimit, withValueLimit } from "./stored_initialiser.ts";

/** The most values of one example that a layer may give. */
const LARGEST_OUTPUT = 2 ** 28;

/** Adds options to all layers, also to those within others. */
function withOptions(value: JsonValue, options: JsonObject): JsonValue {
  if (Array.isArray(value)) {
    return value.map((inner) => withOptions(inner, options));
  }
  if (value === null || typeof value !== "object") return value;
  const { class_name: kind, config } = value;
  const isLayer = typeof kind === "string" && config !== undefined &&
    kind !== "L1L2";
  const rewritten = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      withOptions(inner, options),
    ]),
  );
  if (!isLayer) return rewritten;
  const { kernel_initializer: kernel, ...others } = options;
  // Its two kernels have names of their own, and a third is an error.
  const own = kind === "SeparableConv2D"
    ? others
    : { ...others, kernel_initializer: kernel! };
  return {
    ...rewritten,
    config: { ...rewritten.config as JsonObject, ...own },
  };
}

/** Refuses layers whose outputs no memory holds. */
function checkOutputs(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    if (layer instanceof tf.LayersModel) checkOutputs(layer);
    const nodes: { outputShapes: unknown[] }[] = layer.inboundNodes;
    const shapes = nodes.flatMap((node) => node.outputShapes);
    for (const shape of shapes as tf.Shape[]) {
      const size = shape.slice(1).reduce<number>((a, n) => a * (n ?? 1), 1);
      if (!(size <= LARGEST_OUTPUT)) {
        throw new SyntaxError(
          `layer ${show(layer.name)} gives examples of shape [${
            shape.slice(1)
          }]`,
        );
      }
    }
  }
}

/**
 * Makes a TensorFlow.js model, its weights all zero.
 *
 * @param topology The model, as `rewriteModel` returns it.
 * @param values The values that its file has: the weights may have no more.
 * @param isKeras Whether it is to compute what Keras does, where TensorFlow.js differs.
 * @throws {SyntaxError} If they do, or TensorFlow.js refuses a layer.
 */
export async function buildModel(
  topology: JsonObject,
  values: number,
  isKeras = false,
): Promise<tf.LayersModel> {
  const model = await withValueLimit(values, (initialisers) =>
    // All layers are made before the first await within.
    tf.models.modelFromJSON(
      withOptions(topology, initialisers as JsonObject) as
        & tf.io.ModelJSON
        & JsonObject,
    ));
  try {
    leafLayers(model).forEach(forgetLimit);
    checkOutputs(model);
    mendDilations(model, { depthwise: isKeras });
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Whether two shapes are the same. */
function sameShape(a: readonly (number | null)[], b: readonly number[]) {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

/**
 * Gives weights of a model their values.
 *
 * @param variables The weights, in order.
 * @param stored What the file has for them, in the same order.
 * @param place The layer, for messages.
 * @throws {SyntaxError} If number or shapes differ, or a value is not finite.
 */
export function assignWeights(
  variables: readonly tf.LayerVariable[],
  stored: readonly StoredTensor[],
  place: string,
): void {
  const layer = `layer ${show(place)}`;
  if (variables.length !== stored.length) {
    throw new SyntaxError(
      `${layer} has ${variables.length} weights, but the file has ${stored.length} for it`,
    );
  }
  variables.forEach((variable, i) => {
    const { shape, values } = stored[i]!;
    const weight = show(variable.originalName.split("/").at(-1));
    if (!sameShape(variable.shape, shape)) {
      throw new SyntaxError(
        `${layer} has a weight ${weight} of shape [${variable.shape}], but the file has [${shape}]`,
      );
    }
    checkFinite(values, `${layer}: its weight ${weight}`);
    const tensor = tf.tensor(Float32Array.from(values), [...shape], "float32");
    variable.write(tensor);
    tensor.dispose();
  });
}

/**
 * Refuses NaN and infinities.
 *
 * @param what What has them, for the message.
 * @throws {SyntaxError} If there are any.
 */
export function checkFinite(
  values: StoredTensor["values"],
  what: string,
): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(Math.fround(values[i]!))) {
      throw new SyntaxError(`${what} has the value ${values[i]} at ${i}`);
    }
  }
}
