/**
 * The weights beside a TensorFlow.js `model.json`.
 *
 * @module
 */
import { dirname, join } from "node:path";
import type { StoredTensor } from "../files/safetensors.ts";
import { show } from "../text/show.ts";
import {
  arrayOf,
  type JsonObject,
  type JsonValue,
  objectOf,
  stringOf,
} from "./parse_json.ts";
import { LARGEST_WEIGHTS, readBytes } from "./read_bytes.ts";

/** The most files that weights may be spread over. */
const MOST_FILES = 10_000;

/** A weight as the manifest describes it. */
interface Description {
  name: string;
  shape: number[];
  size: number;
  type: string;
  scale: number;
  minimum: number;
}

/** The bytes of a value, by the type it is stored as. */
const widths: ReadonlyMap<string, number> = new Map([
  ["float32", 4],
  ["int32", 4],
  ["bool", 1],
  ["uint8", 1],
  ["uint16", 2],
  ["float16", 2],
]);

/**
 * A path of weights beside the model's own file, below its folder.
 *
 * @throws {SyntaxError} If it leads elsewhere.
 */
export function shardPath(value: JsonValue, folder: string): string {
  const name = stringOf(value, "a path of the weights");
  const isSafe = name.length > 0 && name.length < 1000 &&
    !/^[/\\]|^[a-z][a-z0-9+.-]*:/i.test(name) &&
    // deno-lint-ignore no-control-regex -- control characters are the point
    !/[\\\x00-\x1f]/.test(name) &&
    !name.split("/").some((part) =>
      part === ".." || part === "." || part === ""
    );
  if (!isSafe) {
    throw new SyntaxError(
      `has weights in ${show(name)}: paths must lead down from its own folder`,
    );
  }
  return join(folder, name);
}

function describe(value: JsonValue): Description {
  const weight = objectOf(value, "a weight");
  const name = stringOf(weight.name, "the name of a weight");
  const shape = arrayOf(weight.shape, `the shape of ${show(name)}`);
  const size = shape.reduce<number>((product, n) => product * Number(n), 1);
  if (
    !shape.every((n) => Number.isSafeInteger(n) && (n as number) >= 0) ||
    !(size <= LARGEST_WEIGHTS)
  ) {
    throw new SyntaxError(
      `weight ${show(name)} has the shape ${
        JSON.stringify(shape).slice(0, 80)
      }`,
    );
  }
  const quantised = weight.quantization === undefined
    ? {}
    : objectOf(weight.quantization, "quantization");
  const type = stringOf(
    quantised.dtype ?? weight.dtype,
    `the type of ${show(name)}`,
  );
  const { scale = 1, min: minimum = 0 } = quantised;
  if (
    !widths.has(type) || typeof scale !== "number" ||
    typeof minimum !== "number"
  ) {
    throw new SyntaxError(
      `weight ${show(name)} is stored as ${show(type)}, expected ${
        [...widths.keys()].join(", ")
      }`,
    );
  }
  return { name, shape: shape as number[], size, type, scale, minimum };
}

/** The values of a weight; integers that stand for others are scaled. */
function decode(
  { size, type, scale, minimum }: Description,
  bytes: Uint8Array,
): StoredTensor["values"] {
  const { buffer } = bytes.slice();
  if (type === "float32") return new Float32Array(buffer);
  const stored = type === "int32"
    ? new Int32Array(buffer)
    : type === "float16"
    ? new Float16Array(buffer)
    : type === "uint16"
    ? new Uint16Array(buffer)
    : new Uint8Array(buffer);
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = stored[i]! * scale + minimum;
  return values;
}

/**
 * Reads the weights that a manifest lists.
 *
 * @param manifest `weightsManifest` of a `model.json`, which is not trusted.
 * @param file The path of that file; the weights are below its folder.
 * @param onBytes Is told the bytes of each file, such as for a checksum.
 * @returns The weights by name.
 * @throws {SyntaxError} If a path leads elsewhere, or sizes do not match.
 * @throws {ModelFileError} If a file is missing or too large.
 */
export async function readManifest(
  manifest: JsonValue | undefined,
  file: string,
  onBytes: (bytes: Uint8Array) => void = () => {},
): Promise<Map<string, StoredTensor>> {
  const tensors = new Map<string, StoredTensor>();
  let rest = LARGEST_WEIGHTS;
  let files = 0;
  for (const value of arrayOf(manifest, "weightsManifest")) {
    const group: JsonObject = objectOf(value, "a group of weights");
    const descriptions = arrayOf(group.weights, "weights").map(describe);
    const expected = descriptions.reduce(
      (sum, { size, type }) => sum + size * widths.get(type)!,
      0,
    );
    const parts: Uint8Array[] = [];
    let found = 0;
    for (const path of arrayOf(group.paths, "paths")) {
      if (++files > MOST_FILES) {
        throw new SyntaxError(
          `has its weights in more than ${MOST_FILES} files`,
        );
      }
      const bytes = await readBytes(shardPath(path, dirname(file)), rest);
      onBytes(bytes);
      rest -= bytes.length;
      found += bytes.length;
      parts.push(bytes);
    }
    if (found !== expected) {
      throw new SyntaxError(
        `describes ${expected} bytes of weights, but their files have ${found}`,
      );
    }
    const all = new Uint8Array(found);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    at = 0;
    for (const description of descriptions) {
      const { name, shape, size, type } = description;
      if (tensors.has(name)) {
        throw new SyntaxError(`weight ${show(name)} is there twice`);
      }
      const end = at + size * widths.get(type)!;
      tensors.set(name, {
        shape,
        values: decode(description, all.subarray(at, end)),
      });
      at = end;
    }
  }
  return tensors;
}
