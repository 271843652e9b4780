/**
 * ONNX files.
 *
 * @module
 */
import { dirname } from "node:path";
import { type Field, fieldLimit, fieldsOf } from "../../protobuf/mod.ts";
import { show } from "../../text/show.ts";
import {
  type Attribute,
  type Constant,
  type GraphNode,
  MOST_NODES,
  ordered,
} from "../graph/graph.ts";
import { type GraphFile, onlyOne } from "../graph/graph_model.ts";
import { LARGEST_WEIGHTS, readBytes } from "../read_bytes.ts";
import { shardPath } from "../weights_manifest.ts";
import { takesImages } from "./channels_first.ts";
import { NEWEST, OLDEST, onnxDialect } from "./dialect.ts";
import { type ReadExternal, readTensor } from "./onnx_tensor.ts";

/** An end of a graph: name and shape. */
interface End {
  readonly name: string;
  readonly shape: (number | null)[] | undefined;
}

/** What is read of a `GraphProto`. */
interface Parts {
  nodes: GraphNode[];
  constants: Map<string, Constant>;
  inputs: End[];
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

async function readGraph(
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

/** The version of the standard operations. */
function readVersion(field: Field): number | undefined {
  let domain = "", version = 0;
  for (const inner of field.message()) {
    if (inner.number === 1) domain = inner.text();
    if (inner.number === 2) version = inner.integer();
  }
  return domain === "" || domain === "ai.onnx" ? version : undefined;
}

/** Reads files of weights beside the model, each once. */
function externalReader(
  file: string,
  onBytes: (bytes: Uint8Array) => void,
): ReadExternal {
  const files = new Map<string, Uint8Array>();
  let rest = LARGEST_WEIGHTS;
  return async ({ location, offset, length }) => {
    const path = shardPath(location, dirname(file));
    let bytes = files.get(path);
    if (bytes === undefined) {
      bytes = await readBytes(path, rest);
      rest -= bytes.length;
      files.set(path, bytes);
      onBytes(bytes);
    }
    const end = offset + (length ?? bytes.length - offset);
    if (!(offset <= end && end <= bytes.length)) {
      throw new SyntaxError(
        `has weights at ${offset} to ${end} of ${
          show(location)
        }, which has ${bytes.length} bytes`,
      );
    }
    return bytes.subarray(offset, end);
  };
}

/**
 * Reads an ONNX model of one input and one output.
 *
 * @param bytes The file, which is not trusted.
 * @param file Its path; weights in other files are below its folder.
 * @param onBytes Is told the bytes of each file of weights.
 * @throws {SyntaxError} If it is damaged, or holds what is not read.
 * @throws {ModelFileError} If a file of weights is missing.
 *
 * Source: `onnx.proto`, ONNX 1.23.
 */
export async function readOnnxFile(
  bytes: Uint8Array,
  file: string,
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<GraphFile> {
  const readExternal = externalReader(file, onBytes);
  let version: number | undefined;
  let parts: Parts | undefined;
  for (const field of fieldsOf(bytes, fieldLimit())) {
    if (field.number === 8) version = readVersion(field) ?? version;
    if (field.number === 7) parts = await readGraph(field, readExternal);
  }
  if (parts === undefined) throw new SyntaxError("is not an ONNX model");
  if (version === undefined || version < OLDEST || version > NEWEST) {
    throw new SyntaxError(
      `uses version ${version} of ONNX's operations; ${OLDEST} to ${NEWEST} are read`,
    );
  }
  const { constants, nodes } = parts;
  const inputs = parts.inputs.filter(({ name }) => !constants.has(name));
  const input = onlyOne(inputs.map(({ name }) => name), "input");
  const output = onlyOne(parts.outputs.map(({ name }) => name), "output");
  const inputShape = inputs[0]!.shape;
  if (inputShape === undefined || inputShape.length < 2) {
    throw new SyntaxError(
      `its input has the shape [${inputShape ?? ""}], expected [examples, …]`,
    );
  }
  const given = {
    has: (name: string) => name === input || constants.has(name),
  };
  const graph = {
    nodes: ordered(nodes, given, output),
    constants,
    input,
    inputShape,
    output,
  };
  return {
    graph,
    dialect: onnxDialect(version),
    isChannelsFirst: takesImages(graph),
  };
}
