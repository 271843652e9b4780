/**
 * A whole model as Keras describes it, rewritten as TensorFlow.js reads it.
 *
 * @module
 */
import { show } from "../../text/show.ts";
import {
  arrayOf,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
} from "../parse_json.ts";
import {
  type Calls,
  checkOrder,
  modelClass,
  readCalls,
  readReferences,
  type Reference,
} from "./graph.ts";
import {
  readInputShape,
  readName,
  refused,
  rewriteLayer,
} from "./layer_config.ts";
import type { Generation } from "./values.ts";

/** The most layers that a model may have. */
const MOST_LAYERS = 20_000;

/** A layer or a model within a model, rewritten. */
function rewritePart(layer: JsonObject, generation: Generation): JsonObject {
  return modelClass(layer.class_name) === undefined
    ? rewriteLayer(layer, generation)
    : rewriteModel(layer, generation);
}

/** The layers of a model, each an object, of different names. */
function readLayers(config: JsonObject): JsonObject[] {
  const layers = arrayOf(config.layers, "the layers of a model")
    .map((layer) => objectOf(layer, "a layer"));
  if (layers.length === 0 || layers.length > MOST_LAYERS) {
    throw new SyntaxError(
      `a model must have 1 to ${MOST_LAYERS} layers, got ${layers.length}`,
    );
  }
  const names = new Set<string>();
  for (const layer of layers) {
    const name = readName(objectOf(layer.config, "a layer's config").name);
    if (names.has(name)) throw refused(name, "is there twice");
    names.add(name);
  }
  return layers;
}

function rewriteSequential(
  config: JsonObject,
  generation: Generation,
): JsonObject {
  const [first, ...rest] = readLayers(config)
    .map((layer) => rewritePart(layer, generation)) as [
      JsonObject,
      ...JsonObject[],
    ];
  const own = first.config as JsonObject;
  const isModel = modelClass(first.class_name) !== undefined;
  if (!isModel && own.batch_input_shape === undefined) {
    if (config.build_input_shape === undefined) {
      throw refused(
        String(own.name),
        "has no input shape: the model was saved before it was built",
      );
    }
    own.batch_input_shape = readInputShape(
      config.build_input_shape,
      String(own.name),
    );
  }
  return { name: config.name ?? "sequential", layers: [first, ...rest] };
}

/** Whether a model was written by Keras 3, by how its calls are written. */
function isGeneration3(layers: readonly JsonObject[]): boolean {
  return layers.some(({ inbound_nodes: nodes }) =>
    Array.isArray(nodes) && isObject(nodes[0])
  );
}

function rewriteFunctional(
  config: JsonObject,
  generation: Generation,
): JsonObject {
  const layers = readLayers(config);
  const calls = new Map<string, Calls>();
  const models = new Set<string>();
  for (const layer of layers) {
    const name = readName(layer.name);
    const inner = readName(objectOf(layer.config, "a layer's config").name);
    if (name !== inner) {
      throw refused(name, `is also called ${show(inner)}`);
    }
    if (modelClass(layer.class_name) !== undefined) models.add(name);
    calls.set(name, readCalls(layer));
  }
  // In Keras 2 and TensorFlow.js the first call of a model within a model is the
  // one that made it; Keras 3 counts from the first call within the outer model.
  const offset = isGeneration3(layers) ? 1 : 0;
  const written = ({ layer, call, output }: Reference) => [
    layer,
    models.has(layer) ? call + offset : call,
    output,
  ];
  const counted = ({ layer, call, output }: Reference): Reference => ({
    layer,
    call: models.has(layer) ? call - (1 - offset) : call,
    output,
  });
  checkOrder(
    new Map([...calls].map(([name, own]) => [
      name,
      own.map((inputs) => inputs.map(counted)),
    ])),
  );
  const ends = (value: JsonValue | undefined) =>
    readReferences(value).map((reference) => {
      const { layer, call } = counted(reference);
      const own = calls.get(layer);
      if (own === undefined || call < 0 || call >= Math.max(own.length, 1)) {
        throw new SyntaxError(
          `layer ${show(layer)} is an end of the model, but it is not called`,
        );
      }
      return written(reference);
    });
  return {
    name: config.name ?? "model",
    layers: layers.map((layer) => {
      const name = readName(layer.name);
      return {
        ...rewritePart(layer, generation),
        name,
        inbound_nodes: calls.get(name)!.map((inputs) =>
          inputs.map((reference) => [...written(reference), {}])
        ),
      };
    }),
    input_layers: ends(config.input_layers),
    output_layers: ends(config.output_layers),
  };
}

/**
 * Rewrites a model, from either generation of Keras or from TensorFlow.js.
 *
 * Batch shapes, types and references to tensors get the form that TensorFlow.js
 * reads; layers that it lacks or computes differently are refused.
 *
 * @param model `class_name` and `config`, from a file that is not trusted.
 * @param generation Which Keras wrote it; TensorFlow.js writes as Keras 2.
 * @returns The model for `tf.models.modelFromJSON`: without cycles, with names
 * that are unique, and without code.
 * @throws {SyntaxError} If it is no such model; the message names the layer.
 */
export function rewriteModel(
  model: JsonObject,
  generation: Generation,
): JsonObject {
  const kind = modelClass(model.class_name);
  if (kind === undefined) {
    throw new SyntaxError(
      `holds a ${
        show(model.class_name)
      }, expected a Sequential or Functional model: ` +
        "the code of other classes is not in the file",
    );
  }
  // The first Keras 2.0 wrote the layers of a Sequential as a bare list.
  const config = Array.isArray(model.config)
    ? { layers: model.config }
    : objectOf(model.config, "the configuration of the model");
  return {
    class_name: kind,
    config: kind === "Sequential"
      ? rewriteSequential(config, generation)
      : rewriteFunctional(config, generation),
  };
}
