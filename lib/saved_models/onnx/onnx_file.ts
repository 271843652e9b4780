/**
 * ONNX files.
 *
 * @module
 */
import { dirname } from "node:path";
import { type Field, fieldLimit, fieldsOf } from "../../protobuf/mod.ts";
import { show } from "../../text/show.ts";
import { ordered } from "../graph/graph.ts";
import { type GraphFile, onlyOne } from "../graph/graph_model.ts";
import { LARGEST_WEIGHTS, readBytes } from "../read_bytes.ts";
import { shardPath } from "../weights_manifest.ts";
import { takesImages } from "./channels_first.ts";
import { NEWEST, OLDEST, onnxDialect } from "./dialect.ts";
import { type Parts, readGraph } from "./onnx_graph.ts";
import type { ReadExternal } from "./onnx_tensor.ts";

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
