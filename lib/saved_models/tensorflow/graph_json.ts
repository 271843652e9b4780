/**
 * TensorFlow's graphs as the converter of TensorFlow.js writes them: JSON.
 *
 * @module
 */
import { show } from "../../text/show.ts";
import { type Attribute, MOST_NODES } from "../graph/graph.ts";
import {
  arrayOf,
  isObject,
  type JsonObject,
  type JsonValue,
  objectOf,
  stringOf,
} from "../parse_json.ts";
import {
  dataTypeOf,
  type RawFunction,
  type RawGraph,
  type RawNode,
  valuesOf,
} from "./raw_graph.ts";

/** An integer, which may be written as text. */
function integerOf(value: JsonValue | undefined, what: string): number {
  const number = typeof value === "string" && value !== ""
    ? Number(value)
    : value;
  if (Number.isSafeInteger(number)) return number as number;
  throw new SyntaxError(`${what} must be an integer, got ${show(value)}`);
}

/** Text, which is written in base 64. */
function decodeText(value: JsonValue, what: string): string {
  // The first converters wrote the bytes as numbers.
  if (Array.isArray(value) && value.every((n) => Number.isInteger(n))) {
    return String.fromCharCode(...(value as number[]).slice(0, 1000));
  }
  const text = stringOf(value, what);
  try {
    return atob(text);
  } catch {
    throw new SyntaxError(`${what} is not in base 64: ${show(text)}`);
  }
}

function shapeOf(value: JsonObject, what: string): number[] | undefined {
  if (value.unknownRank === true) return undefined;
  return arrayOf(value.dim ?? [], what).map((dimension) => {
    const { size } = objectOf(dimension, what);
    return size === undefined ? 0 : integerOf(size, what);
  });
}

function listOf(value: JsonObject, what: string): Attribute {
  const { s, i, f, b, type } = value;
  if (s !== undefined) {
    return arrayOf(s, what).map((text) => decodeText(text, what));
  }
  if (type !== undefined) {
    return arrayOf(type, what).map((name) =>
      dataTypeOf(typeof name === "number" ? name : stringOf(name, what))
    );
  }
  if (i !== undefined) {
    return arrayOf(i, what).map((number) => integerOf(number, what));
  }
  return arrayOf(f ?? b ?? [], what).map(Number);
}

/** An attribute; undefined for kinds that no operation that is read has. */
function attributeOf(value: JsonValue, what: string): Attribute | undefined {
  const { list, s, i, f, b, type, shape, func } = objectOf(value, what);
  if (s !== undefined) return decodeText(s, what);
  if (i !== undefined) return integerOf(i, what);
  if (f !== undefined) {
    if (typeof f === "number") return f;
    throw new SyntaxError(`${what} must be a number, got ${show(f)}`);
  }
  if (b !== undefined) return Number(b === true);
  if (type !== undefined) {
    return dataTypeOf(typeof type === "number" ? type : stringOf(type, what));
  }
  if (shape !== undefined) return shapeOf(objectOf(shape, what), what);
  if (list !== undefined) return listOf(objectOf(list, what), what);
  if (func !== undefined) {
    return stringOf(objectOf(func, what).name, what);
  }
  return undefined;
}

function nodeOf(value: JsonValue): RawNode {
  const node = objectOf(value, "an operation");
  const name = stringOf(node.name, "the name of an operation");
  const op = stringOf(node.op, `the kind of operation ${show(name)}`);
  const what = `an input of operation ${show(name)}`;
  const inputs = arrayOf(node.input ?? [], what).map((one) =>
    stringOf(one, what)
  );
  const attributes = new Map<string, Attribute>();
  for (const [key, one] of Object.entries(objectOf(node.attr ?? {}, what))) {
    if (key.startsWith("_")) continue;
    const place = `${show(key)} of operation ${show(name)}`;
    const attribute = attributeOf(one, place);
    if (attribute !== undefined) attributes.set(key, attribute);
  }
  return { name, op, inputs: valuesOf(inputs), attributes };
}

function functionOf(value: JsonValue): [string, RawFunction] {
  const whole = objectOf(value, "a function");
  const signature = objectOf(whole.signature, "the signature of a function");
  const namesOf = (list: JsonValue | undefined) =>
    arrayOf(list ?? [], "what a function takes and gives").map((one) =>
      stringOf(objectOf(one, "an argument").name, "an argument's name")
    );
  const results = Object.entries(objectOf(whole.ret ?? {}, "ret"));
  return [stringOf(signature.name, "the name of a function"), {
    inputs: namesOf(signature.inputArg),
    outputs: namesOf(signature.outputArg),
    nodes: arrayOf(whole.nodeDef ?? [], "nodeDef").map(nodeOf),
    results: new Map(
      results.map(([key, from]) => [key, stringOf(from, "ret")]),
    ),
  }];
}

/**
 * Reads a graph.
 *
 * @param topology `modelTopology` of a `model.json`, which is not trusted.
 * @throws {SyntaxError} If it is damaged, or has too many operations.
 */
export function readGraphJson(topology: JsonObject): RawGraph {
  const nodes = arrayOf(topology.node, "node");
  if (nodes.length > MOST_NODES) {
    throw new SyntaxError(`has more than ${MOST_NODES} operations`);
  }
  const { library } = topology;
  const functions = isObject(library)
    ? arrayOf(library.function ?? [], "function")
    : [];
  return {
    nodes: nodes.map(nodeOf),
    functions: new Map(functions.map(functionOf)),
  };
}
