/**
 * The graphs of ONNX files.
 *
 * @module
 */
import type { Field } from "../../protobuf/mod.ts";
import { show } from "../../text/show.ts";
import {
  type Attribute,
  type Constant,
  type GraphNode,
  MOST_NODES,
} from "../graph/graph.ts";
import { type ReadExternal, readTensor } from "./onnx_tensor.ts";

/** An end of a graph: name and shape. */
export interface End {
  /** Its name. */
  readonly name: string;
  /** Its shape, where it is told; null for sizes that are free. */
  readonly shape: (number | null)[] | undefined;
}

/** What is read of a `GraphProto`. */
export interface Parts {
  /** The operations. */
  nodes: GraphNode[];
  /** Constants by name. */
  constants: Map<string, Constant>;
  /** What it takes; constants may be among it. */
  inputs: End[];
  /** What it gives. */
  outputs: End[];
}

/** An attribute's name and value; graphs within are not read. */
async function readAttribute(
  field: Field,
  readExternal: ReadExternal,
): Promise<[string, Attribute | undefined]> {
  let name = "";
  let value: Attribute | undefined;
  const integers: number[] = [], floats: number[] = [], texts: string[] = [];
  for (const inner of field.message()) {
    if (inner.number === 1) name = inner.text();
    else if (inner.number === 2) value = inner.float();
    else if (inner.number === 3) value = inner.integer();
    else if (inner.number === 4) value = inner.text();
    else if (inner.number === 5) {
      value = (await readTensor(inner, readExternal)).tensor;
    } else if (inner.number === 7) {
      for (const x of inner.floats()) floats.push(x);
    } else if (inner.number === 8) {
      for (const n of inner.integers()) integers.push(n);
    } else if (inner.number === 9) texts.push(inner.text());
    else if (inner.number === 6 || inner.number === 11) {
      throw new SyntaxError(
        `has a graph within ${show(name)}, which is not read`,
      );
    }
  }
  const list = [integers, floats, texts].find(({ length }) => length > 0);
  return [name, value ?? list];
}

async function readNode(
  field: Field,
  readExternal: ReadExternal,
): Promise<GraphNode> {
  const inputs: string[] = [], outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  let name = "", op = "", domain = "";
  for (const inner of field.message()) {
    if (inner.number === 1) inputs.push(inner.text());
    else if (inner.number === 2) outputs.push(inner.text());
    else if (inner.number === 3) name = inner.text();
    else if (inner.number === 4) op = inner.text();
    else if (inner.number === 5) {
      const [key, value] = await readAttribute(inner, readExternal);
      if (value !== undefined) attributes.set(key, value);
    } else if (inner.number === 7) domain = inner.text();
  }
  const isStandard = domain === "" || domain === "ai.onnx";
  return {
    name: name || (outputs[0] ?? ""),
    op: isStandard ? op : `${domain}.${op}`,
    inputs,
    outputs,
    attributes,
  };
}

/** An end: name, and shape where it is told. */
function readEnd(field: Field): End {
  let name = "";
  let shape: (number | null)[] | undefined;
  for (const inner of field.message()) {
    if (inner.number === 1) name = inner.text();
    if (inner.number !== 2) continue;
    for (const type of inner.message()) {
      if (type.number !== 1) continue; // no tensor
      for (const part of type.message()) {
        if (part.number === 2) shape = readShape(part);
      }
    }
  }
  return { name, shape };
}

function readShape(field: Field): (number | null)[] {
  const shape: (number | null)[] = [];
  for (const dimension of field.message()) {
    if (dimension.number !== 1 || shape.length >= 100) continue;
    let size: number | null = null;
    for (const part of dimension.message()) {
      if (part.number === 1) size = part.integer();
    }
    // Some exporters write 0 or −1 for sizes that are free.
    shape.push(size !== null && size > 0 ? size : null);
  }
  return shape;
}

/**
 * Reads a graph.
 *
 * @param field A `GraphProto`.
 * @param readExternal Reads numbers that are in other files.
 * @throws {SyntaxError} If it is damaged, or holds what is not read.
 */
export async function readGraph(
  field: Field,
  readExternal: ReadExternal,
): Promise<Parts> {
  const parts: Parts = {
    nodes: [],
    constants: new Map(),
    inputs: [],
    outputs: [],
  };
  const addConstant = (name: string, constant: Constant) => {
    if (parts.constants.has(name)) {
      throw new SyntaxError(`tensor ${show(name)} is there twice`);
    }
    parts.constants.set(name, constant);
  };
  for (const inner of field.message()) {
    if (inner.number === 5) {
      const { name, tensor } = await readTensor(inner, readExternal);
      addConstant(name, tensor);
    } else if (inner.number === 11) parts.inputs.push(readEnd(inner));
    else if (inner.number === 12) parts.outputs.push(readEnd(inner));
    else if (inner.number === 15) {
      throw new SyntaxError("has sparse tensors, which are not read");
    } else if (inner.number === 1) {
      if (parts.nodes.length >= MOST_NODES) {
        throw new SyntaxError(`has more than ${MOST_NODES} operations`);
      }
      const node = await readNode(inner, readExternal);
      const constant = node.op === "Constant" && constantOf(node);
      if (constant) addConstant(node.outputs[0] ?? "", constant);
      else parts.nodes.push(node);
    }
  }
  return parts;
}

/** The value of a `Constant`. */
function constantOf({ attributes }: GraphNode): Constant | undefined {
  const value = attributes.get("value");
  if (typeof value === "object" && "shape" in value) return value as Constant;
  for (
    const [key, isInteger] of [["value_int", true], ["value_float", false]] as [
      string,
      boolean,
    ][]
  ) {
    const number = attributes.get(key);
    if (typeof number === "number") {
      return { shape: [], values: Float64Array.of(number), isInteger };
    }
    const list = attributes.get(`${key}s`) as number[] | undefined;
    if (Array.isArray(list)) {
      return {
        shape: [list.length],
        values: Float64Array.from(list),
        isInteger,
      };
    }
  }
  return undefined;
}
