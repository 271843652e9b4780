/**
 * What the options of layers hold beside numbers: activations, types,
 * regularisers.
 *
 * @module
 */
import { didYouMean } from "../../text/nearest.ts";
import { show } from "../../text/show.ts";
import { isObject, type JsonObject, type JsonValue } from "../parse_json.ts";

/** Which Keras wrote a model: some names mean different things. */
export type Generation = 2 | 3;

/** Activations by their names in Keras, as TensorFlow.js calls them. */
const activations: ReadonlyMap<string, string> = new Map([
  ["elu", "elu"],
  ["hard_sigmoid", "hard_sigmoid"],
  ["hardSigmoid", "hard_sigmoid"],
  ["linear", "linear"],
  ["relu", "relu"],
  ["relu6", "relu6"],
  ["selu", "selu"],
  ["sigmoid", "sigmoid"],
  ["silu", "swish"],
  ["softmax", "softmax"],
  ["softplus", "softplus"],
  ["softsign", "softsign"],
  ["swish", "swish"],
  ["tanh", "tanh"],
]);

/**
 * The activation of a layer as TensorFlow.js calls it.
 *
 * @throws {SyntaxError} If TensorFlow.js has none that computes the same.
 */
export function readActivation(
  value: JsonValue | undefined,
  generation: Generation,
): string | null {
  if (value === null || value === undefined) return null;
  const name = isObject(value) && typeof value.config === "string"
    ? value.config
    : value;
  if (typeof name !== "string") {
    throw new SyntaxError(
      `has an activation that is ${
        show(value)
      }, expected a name: code is not read`,
    );
  }
  if (name === "hard_sigmoid" && generation === 3) {
    throw new SyntaxError(
      "has the activation hard_sigmoid, which is another function in Keras 3 than in TensorFlow.js",
    );
  }
  const known = activations.get(name);
  if (known !== undefined) return known;
  throw new SyntaxError(
    `has the activation ${show(name)}, which is not read${
      didYouMean(name, activations.keys()) ||
      `; there are ${[...activations.keys()].join(", ")}`
    }`,
  );
}

const types: ReadonlyMap<string, string> = new Map([
  ["float32", "float32"],
  ["float16", "float32"],
  ["bfloat16", "float32"],
  ["mixed_float16", "float32"],
  ["mixed_bfloat16", "float32"],
  ["int8", "int32"],
  ["int16", "int32"],
  ["int32", "int32"],
  ["int64", "int32"],
  ["uint8", "int32"],
  ["bool", "bool"],
]);

/**
 * The type a layer computes in, as TensorFlow.js has it; half precision is
 * computed in single.
 *
 * @throws {SyntaxError} If TensorFlow.js has none for it.
 */
export function readType(value: JsonValue | undefined): string {
  const inner = isObject(value) && isObject(value.config)
    ? value.config.name
    : value;
  if (inner === undefined || inner === null) return "float32";
  const known = typeof inner === "string" ? types.get(inner) : undefined;
  if (known !== undefined) return known;
  throw new SyntaxError(
    `computes in ${show(inner)}: expected ${[...types.keys()].join(", ")}`,
  );
}

/**
 * A regulariser as TensorFlow.js writes it: all are sums of L1 and L2.
 *
 * @throws {SyntaxError} If it is another.
 */
export function readRegulariser(
  value: JsonValue | undefined,
): JsonObject | null {
  if (value === null || value === undefined) return null;
  if (isObject(value) && isObject(value.config)) {
    const { l1 = 0, l2 = 0 } = value.config;
    const isKnown = ["L1", "L2", "L1L2"].includes(String(value.class_name));
    if (isKnown && typeof l1 === "number" && typeof l2 === "number") {
      return { class_name: "L1L2", config: { l1, l2 } };
    }
  }
  throw new SyntaxError("has a regulariser that is neither L1 nor L2");
}
