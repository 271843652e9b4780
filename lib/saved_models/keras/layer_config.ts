/**
 * A layer as Keras describes it, rewritten as TensorFlow.js reads it.
 *
 * @module
 */
import { didYouMean } from "../../text/nearest.ts";
import { show } from "../../text/show.ts";
import {
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
  stringOf,
} from "../parse_json.ts";
import { layerKinds, refusedKinds } from "./layer_kinds.ts";
import {
  type Generation,
  readActivation,
  readRegulariser,
  readType,
} from "./values.ts";

/** A layer that is refused, and why. */
export function refused(name: string, reason: string): SyntaxError {
  return new SyntaxError(`layer ${show(name)} ${reason}`);
}

/** The class of a layer, one that is read. */
function kindOf(name: string, value: JsonValue | undefined): string {
  const kind = stringOf(value, `the class of layer ${show(name)}`);
  if (layerKinds.has(kind)) return kind;
  const reason = refusedKinds.get(kind);
  if (reason !== undefined) throw refused(name, `is a ${kind}: it ${reason}`);
  throw refused(
    name,
    `is a ${show(kind)}, which TensorFlow.js does not have${
      didYouMean(kind, layerKinds.keys())
    }`,
  );
}

/** A name that can be a key of TensorFlow.js's own tables. */
export function readName(value: JsonValue | undefined): string {
  const name = stringOf(value, "the name of a layer");
  if (name === "" || name.length > 300 || name in {}) {
    throw new SyntaxError(`a layer has the name ${show(name)}`);
  }
  return name;
}

/**
 * The shape of an input without its batch; `null` for sizes that are free.
 *
 * @throws {SyntaxError} If it is none.
 */
export function readInputShape(
  value: JsonValue | undefined,
  name: string,
): (number | null)[] {
  const isShape = Array.isArray(value) && value.length >= 1 &&
    value.length <= 8 &&
    value.every((size) =>
      size === null || Number.isSafeInteger(size) && (size as number) >= 1
    );
  if (!isShape) {
    throw refused(name, `has the input shape ${JSON.stringify(value)}`);
  }
  return [null, ...(value as (number | null)[]).slice(1)];
}

/**
 * Rewrites a layer.
 *
 * What only the making of a model needs is left out: initialisers, constraints,
 * seeds. Options whose other values TensorFlow.js ignores are checked.
 *
 * @param layer What Keras wrote: `class_name` and `config`.
 * @param generation Which Keras.
 * @returns The same for TensorFlow.js.
 * @throws {SyntaxError} If TensorFlow.js does not compute the same.
 */
export function rewriteLayer(
  layer: JsonObject,
  generation: Generation,
): JsonObject {
  const config = objectOf(layer.config, "the configuration of a layer");
  const name = readName(config.name);
  const kind = kindOf(name, layer.class_name);
  const { only = {}, renamed = {}, inner = [] } = layerKinds.get(kind)!;
  for (const [option, allowed] of Object.entries(only)) {
    const value = config[option];
    if (value === undefined || allowed.includes(value)) continue;
    throw refused(
      name,
      `(${kind}) has ${option} = ${JSON.stringify(value).slice(0, 40)}; ` +
        `only ${JSON.stringify(allowed[0])} is read`,
    );
  }
  const rewritten: JsonObject = {};
  for (const [option, value] of Object.entries(config)) {
    const key = renamed[option] ?? option;
    if (/_(initializer|constraint)$/.test(option) || option === "seed") {
      continue;
    }
    if (inner.includes(option)) {
      rewritten[key] = Array.isArray(value)
        ? value.map((cell) => rewriteInner(cell, name, generation))
        : rewriteInner(value, name, generation);
    } else if (/activation$/.test(option)) {
      rewritten[key] = within(name, () => readActivation(value, generation));
    } else if (/_regularizer$/.test(option)) {
      rewritten[key] = within(name, () => readRegulariser(value));
    } else rewritten[key] = value;
  }
  rewritten.dtype = within(name, () => readType(config.dtype));
  const { batch_shape, batch_input_shape } = config;
  delete rewritten.batch_shape;
  delete rewritten.batch_input_shape;
  if (kind === "InputLayer") {
    rewritten.batch_input_shape = readInputShape(
      batch_shape ?? batch_input_shape,
      name,
    );
  } else if (Array.isArray(batch_input_shape)) {
    rewritten.batch_input_shape = readInputShape(batch_input_shape, name);
  }
  // TensorFlow.js makes the second direction from the first.
  delete rewritten.backward_layer;
  // Keras 2 writes the axis as a list of one.
  if (kind === "BatchNormalization" && Array.isArray(config.axis)) {
    rewritten.axis = config.axis[0] ?? -1;
  }
  if (kind === "GRU" || kind === "GRUCell") rewritten.reset_after = false;
  return { class_name: kind, config: rewritten };
}

/** A layer within a layer. */
function rewriteInner(
  value: JsonValue,
  name: string,
  generation: Generation,
): JsonObject {
  if (!isObject(value)) {
    throw refused(name, `has no layer within: ${show(value)}`);
  }
  return rewriteLayer(value, generation);
}

/** Names the layer in what is wrong with its options. */
function within<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refused(name, (error as Error).message);
  }
}
