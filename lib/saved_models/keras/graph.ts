/**
 * How the layers of a functional model are joined.
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
  stringOf,
} from "../parse_json.ts";
import { readName, refused } from "./layer_config.ts";

/** One output of one call of a layer. */
export interface Reference {
  /** The layer. */
  layer: string;
  /** Which of its calls, from 0. */
  call: number;
  /** Which of the call's outputs. */
  output: number;
}

/** The calls of a layer: for each, what it is called with. */
export type Calls = Reference[][];

/** `["name", 0, 0]`, what Keras 2 puts behind it left out. */
export function readReference(value: JsonValue | undefined): Reference {
  const [layer, call, output] = arrayOf(value, "a reference to a layer");
  for (const index of [call, output]) {
    if (!Number.isSafeInteger(index) || (index as number) < 0) {
      throw new SyntaxError(
        `a reference to a layer has the index ${show(index)}`,
      );
    }
  }
  return {
    layer: readName(layer),
    call: call as number,
    output: output as number,
  };
}

/** One reference, or a list of them; Keras 3 writes a single one unnested. */
export function readReferences(value: JsonValue | undefined): Reference[] {
  const list = arrayOf(value, "inputs or outputs of a model");
  return typeof list[0] === "string"
    ? [readReference(list)]
    : list.map(readReference);
}

/** What no call may be told by a model: it would not be the caller's to say. */
function checkArguments(name: string, options: JsonObject): void {
  if (options.training === true) {
    throw refused(
      name,
      "is called with training = true, so that it never predicts: save the model without",
    );
  }
  const extra = Object.entries(options).find(([key, value]) =>
    key !== "training" && value !== null
  );
  if (extra !== undefined) {
    throw refused(name, `is called with ${show(extra[0])}, which is not read`);
  }
}

/** The tensors of Keras 3 in the arguments of a call, in order. */
function tensorsIn(value: JsonValue, name: string): Reference[] {
  if (Array.isArray(value)) {
    return value.flatMap((inner) => tensorsIn(inner, name));
  }
  if (isObject(value) && value.class_name === "__keras_tensor__") {
    const config = objectOf(value.config, "a tensor's config");
    return [readReference(config.keras_history)];
  }
  throw refused(name, `is called with ${show(value)}, expected tensors`);
}

/**
 * The calls of a layer, as either Keras writes them.
 *
 * @param layer The layer's description, with `inbound_nodes`.
 * @throws {SyntaxError} If they are not what a model is made of.
 */
export function readCalls(layer: JsonObject): Calls {
  const name = readName(layer.name);
  return arrayOf(layer.inbound_nodes, "inbound_nodes").map((node) => {
    if (isObject(node)) {
      checkArguments(name, objectOf(node.kwargs, "a call's kwargs"));
      const [first, ...rest] = arrayOf(node.args, "a call's args");
      const extra = rest.find((value) => value !== null);
      if (first === undefined || extra !== undefined) {
        throw refused(name, "is called with more than its inputs");
      }
      return tensorsIn(first, name);
    }
    const list = arrayOf(node, "a call of a layer");
    const references = typeof list[0] === "string" ? [list] : list;
    return references.map((value) => {
      const options = arrayOf(value, "a call's input")[3];
      if (isObject(options)) checkArguments(name, options);
      return readReference(value);
    });
  });
}

/**
 * Refuses calls that wait for each other, or for a layer that is not there: who
 * builds such a graph never comes to an end.
 *
 * @param calls The calls of each layer, by name.
 * @throws {SyntaxError} If there are any.
 */
export function checkOrder(calls: ReadonlyMap<string, Calls>): void {
  const keyOf = (layer: string, call: number) => `${call}/${layer}`;
  const waits = new Map<string, number>();
  const waiters = new Map<string, string[]>();
  for (const [layer, own] of calls) {
    own.forEach((inputs, call) => {
      const key = keyOf(layer, call);
      waits.set(key, inputs.length);
      for (const input of inputs) {
        const there = calls.get(input.layer)?.[input.call];
        const isInput = calls.get(input.layer)?.length === 0 &&
          input.call === 0;
        if (there === undefined && !isInput) {
          throw refused(
            layer,
            `is called with layer ${
              show(input.layer)
            }, whose call ${input.call} is not there`,
          );
        }
        const from = keyOf(input.layer, input.call);
        const list = waiters.get(from) ?? [];
        list.push(key);
        waiters.set(from, list);
      }
    });
    // An input layer is called by nobody; it is there from the start.
    if (own.length === 0) waits.set(keyOf(layer, 0), 0);
  }
  const ready = [...waits].flatMap(([key, count]) => count === 0 ? [key] : []);
  let done = 0;
  for (; done < ready.length; done++) {
    for (const waiter of waiters.get(ready[done]!) ?? []) {
      const left = waits.get(waiter)! - 1;
      waits.set(waiter, left);
      if (left === 0) ready.push(waiter);
    }
  }
  if (done < waits.size) {
    const [stuck = ""] = [...waits].find(([, left]) => left > 0) ?? [];
    throw refused(
      stuck.slice(stuck.indexOf("/") + 1),
      "waits for its own output: the graph has a cycle",
    );
  }
}

/** The string of a class that all names of functional models stand for. */
export function modelClass(value: JsonValue | undefined): string | undefined {
  const kind = stringOf(value, "the class of a model or layer");
  if (kind === "Model" || kind === "Functional") return "Functional";
  return kind === "Sequential" ? kind : undefined;
}
