/**
 * TensorFlow.js models as `.keras` files, which Keras 3 loads.
 *
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  encodeHdf5,
  type Hdf5Dataset,
  type Hdf5Group,
} from "../../hdf5/mod.ts";
import { encodeZip } from "../../zip/mod.ts";
import {
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "../parse_json.ts";
import { modelClass } from "./graph.ts";
import { variablePaths } from "./keras_weights.ts";

/** Options of TensorFlow.js's layers that Keras 3 does not have. */
const dropped = new Set([
  "batch_input_shape",
  "implementation",
  "input_dtype",
  "input_length",
  "unroll",
]);

/** What stands in an option, and in which of Keras's modules it is. */
const modules: readonly (readonly [option: RegExp, module: string])[] = [
  [/_initializer$/, "keras.initializers"],
  [/_regularizer$/, "keras.regularizers"],
  [/_constraint$/, "keras.constraints"],
  [/^(layer|cell)$/, "keras.layers"],
];

/** An object as Keras 3 writes it. */
function keras(kind: JsonValue | undefined, module: string, config: JsonValue) {
  return { module, class_name: kind!, config, registered_name: null };
}

/** The options of a layer. */
function writeOptions(config: JsonObject): JsonObject {
  const written: JsonObject = {};
  for (const [option, value] of Object.entries(config)) {
    // Nothing is the default wherever there can be nothing.
    if (dropped.has(option) || value === null) continue;
    if (option === "trainable" && value === true) continue;
    const module = modules.find(([pattern]) => pattern.test(option))?.[1];
    if (/activation$/.test(option) && value === "hard_sigmoid") {
      throw new SyntaxError(
        `layer ${config.name} has the activation hard_sigmoid, which is another function in Keras 3`,
      );
    }
    written[option] = module !== undefined && isObject(value)
      ? keras(
        value.class_name,
        module,
        writeOptions(value.config as JsonObject),
      )
      : value;
  }
  return written;
}

/** A layer, or a model within. */
function writeLayer(layer: JsonObject, made: tf.layers.Layer): JsonObject {
  if (modelClass(layer.class_name) !== undefined) {
    return writeModel(layer, made as tf.LayersModel);
  }
  const config = layer.config as JsonObject;
  const options = writeOptions(config);
  if (layer.class_name === "InputLayer") {
    options.batch_shape = config.batch_input_shape!;
  }
  return keras(layer.class_name, "keras.layers", options);
}

/** An input for a model whose first layer tells the shape of its inputs. */
function inputBefore(first: JsonObject): JsonObject[] {
  const { name, batch_input_shape: shape } = first.config as JsonObject;
  if (first.class_name === "InputLayer" || shape === undefined) return [];
  const config = { name: `${name}_input`, batch_shape: shape };
  return [keras("InputLayer", "keras.layers", config)];
}

/** What a call gave, as Keras 3 refers to it. */
function writeTensor(
  [name, call, output]: JsonValue[],
  model: tf.LayersModel,
): JsonObject {
  const layer = model.getLayer(name as string);
  const { outputShapes } = layer.inboundNodes[call as number] as {
    outputShapes: tf.Shape[];
  };
  const history = writeReference([name!, call!, output!], model);
  return {
    class_name: "__keras_tensor__",
    config: {
      shape: outputShapes[output as number]!,
      dtype: "float32",
      keras_history: history,
    },
  };
}

/** TensorFlow.js counts the call that made a model, Keras 3 does not. */
function writeReference(
  [name, call, output]: JsonValue[],
  model: tf.LayersModel,
): JsonValue[] {
  const isModel = "layers" in model.getLayer(name as string);
  return [name!, (call as number) - (isModel ? 1 : 0), output!];
}

function writeModel(model: JsonObject, made: tf.LayersModel): JsonObject {
  const config = model.config as JsonObject;
  const layers = config.layers as JsonObject[];
  const write = (layer: JsonObject) =>
    writeLayer(
      layer,
      made.getLayer((layer.config as JsonObject).name as string),
    );
  if (modelClass(model.class_name) === "Sequential") {
    return keras("Sequential", "keras", {
      name: config.name!,
      layers: [...inputBefore(layers[0]!), ...layers.map(write)],
    });
  }
  const ends = (value: JsonValue | undefined) =>
    (value as JsonValue[][]).map((end) => writeReference(end, made));
  return keras("Functional", "keras.src.models.functional", {
    name: config.name!,
    trainable: true,
    layers: layers.map((layer) => ({
      ...write(layer),
      name: layer.name!,
      inbound_nodes: (layer.inbound_nodes as JsonValue[][][]).map((inputs) => {
        const tensors = inputs.map((input) => writeTensor(input, made));
        const [first] = tensors;
        return { args: tensors.length > 1 ? [tensors] : [first!], kwargs: {} };
      }),
    })),
    input_layers: ends(config.input_layers),
    output_layers: ends(config.output_layers),
  });
}

/** A group with data sets at paths. */
function groupOf(datasets: ReadonlyMap<string, Hdf5Dataset>): Hdf5Group {
  const root = new Map<string, Hdf5Dataset | Hdf5Group>();
  for (const [path, dataset] of datasets) {
    const names = path.split("/");
    let group = root;
    for (const name of names.slice(0, -1)) {
      const next = group.get(name) ?? new Map();
      group.set(name, next);
      group = next as typeof root;
    }
    group.set(names.at(-1)!, dataset);
  }
  return root;
}

/**
 * The bytes of a `.keras` file, which `keras.models.load_model` of Keras 3 reads.
 *
 * @param model The model; losses and optimizers are not written.
 * @returns The file; the same for the same model.
 * @throws {SyntaxError} If the model has a layer that means something else in Keras.
 */
export function encodeKeras(model: tf.LayersModel): Uint8Array<ArrayBuffer> {
  const topology = parseJson(JSON.stringify(model.toJSON(null, false)));
  const values = new Map(
    [...variablePaths(model)].map(([path, variable]) => [path, {
      shape: variable.shape as number[],
      values: variable.read().dataSync() as Float32Array,
    }]),
  );
  const json = (value: unknown) =>
    new TextEncoder().encode(JSON.stringify(value));
  return encodeZip({
    // A date would make each copy of a model another file.
    "metadata.json": json({
      keras_version: "3.0.0",
      date_saved: "1980-01-01@00:00:00",
    }),
    "config.json": json(writeModel(topology, model)),
    "model.weights.h5": encodeHdf5(groupOf(values)),
  });
}
