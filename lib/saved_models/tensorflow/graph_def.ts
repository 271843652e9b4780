/**
 * TensorFlow's graphs as protocol buffers.
 *
 * @module
 */
import type { Field } from "../../protobuf/mod.ts";
import { show } from "../../text/show.ts";
import { type Attribute, MOST_NODES } from "../graph/graph.ts";
import {
  dataTypeOf,
  type RawFunction,
  type RawGraph,
  type RawNode,
  valuesOf,
} from "./raw_graph.ts";
import { readShape, readTensorProto, readTexts } from "./tensor_proto.ts";

/** The key and the value of an entry of a map. */
export function readEntry(field: Field): [string, Field | undefined] {
  let key = "";
  let value: Field | undefined;
  for (const part of field.message()) {
    if (part.number === 1) key = part.text();
    if (part.number === 2) value = part;
  }
  return [key, value];
}

/** Text, or undefined where bytes are none. */
function textOf(field: Field): string | undefined {
  try {
    return field.text();
  } catch {
    return undefined;
  }
}

function readList(field: Field): Attribute {
  const numbers: number[] = [], texts: string[] = [];
  for (const part of field.message()) {
    if (part.number === 2) texts.push(textOf(part) ?? "");
    else if (part.number === 3 || part.number === 5) {
      for (const n of part.integers()) numbers.push(n);
    } else if (part.number === 4) {
      for (const x of part.floats()) numbers.push(x);
    } else if (part.number === 6) {
      for (const n of part.integers()) texts.push(dataTypeOf(n));
    }
  }
  return texts.length > 0 ? texts : numbers;
}

/** The name of a function. */
function readFunctionName(field: Field): string {
  for (const part of field.message()) {
    if (part.number === 1) return part.text();
  }
  return "";
}

function readAttribute(value: Field, what: string): Attribute | undefined {
  for (const part of value.message()) {
    switch (part.number) {
      case 1:
        return readList(part);
      case 2:
        return textOf(part);
      case 3:
      case 5:
        return part.integer();
      case 4:
        return part.float();
      case 6:
        return dataTypeOf(part.integer());
      case 7:
        return readShape(part);
      case 8: {
        const texts = readTexts(part);
        return texts.length > 0 ? texts : readTensorProto(part, what);
      }
      case 10:
        return readFunctionName(part);
    }
  }
  return undefined;
}

/** Attributes that operations compute with, or that lead to others. */
const isNeeded = (name: string) => !name.startsWith("_");

function readNode(field: Field): RawNode {
  const inputs: string[] = [], entries: Field[] = [];
  const attributes = new Map<string, Attribute>();
  let name = "", op = "";
  for (const part of field.message()) {
    if (part.number === 1) name = part.text();
    else if (part.number === 2) op = part.text();
    else if (part.number === 3) inputs.push(part.text());
    else if (part.number === 5) entries.push(part);
  }
  for (const entry of entries) {
    const [key, value] = readEntry(entry);
    if (value === undefined || !isNeeded(key)) continue;
    const read = readAttribute(value, `constant ${show(name)}`);
    if (read !== undefined) attributes.set(key, read);
  }
  return { name, op, inputs: valuesOf(inputs), attributes };
}

/** The names of the function, and of what it takes and gives. */
function readSignature(field: Field) {
  const inputs: string[] = [], outputs: string[] = [];
  let name = "";
  for (const part of field.message()) {
    if (part.number === 1) name = part.text();
    if (part.number !== 2 && part.number !== 3) continue;
    for (const inner of part.message()) {
      if (inner.number !== 1) continue;
      (part.number === 2 ? inputs : outputs).push(inner.text());
    }
  }
  return { name, inputs, outputs };
}

function readFunction(field: Field): [string, RawFunction] {
  let signature = { name: "", inputs: [] as string[], outputs: [] as string[] };
  const nodes: RawNode[] = [];
  const results = new Map<string, string>();
  for (const part of field.message()) {
    if (part.number === 1) signature = readSignature(part);
    else if (part.number === 3) nodes.push(readNode(part));
    else if (part.number === 4) {
      const [key, value] = readEntry(part);
      if (value !== undefined) results.set(key, value.text());
    }
  }
  const { name, inputs, outputs } = signature;
  return [name, { inputs, outputs, nodes, results }];
}

/**
 * Reads a graph.
 *
 * @param field A `GraphDef`.
 * @throws {SyntaxError} If it is damaged, or has too many operations.
 *
 * Source: `graph.proto`, `node_def.proto`, `attr_value.proto` and `function.proto` of
 * TensorFlow 2.21.
 */
export function readGraphDef(field: Field): RawGraph {
  const nodes: RawNode[] = [];
  const functions = new Map<string, RawFunction>();
  let count = 0;
  const counted = (more: number) => {
    count += more;
    if (count > MOST_NODES) {
      throw new SyntaxError(`has more than ${MOST_NODES} operations`);
    }
  };
  for (const part of field.message()) {
    if (part.number === 1) {
      counted(1);
      nodes.push(readNode(part));
    } else if (part.number === 2) {
      for (const inner of part.message()) {
        if (inner.number !== 1) continue;
        const [name, whole] = readFunction(inner);
        counted(whole.nodes.length);
        functions.set(name, whole);
      }
    }
  }
  return { nodes, functions };
}
