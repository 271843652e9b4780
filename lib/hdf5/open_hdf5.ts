/**
 * Files of the Hierarchical Data Format, as Keras writes them.
 *
 * @module
 */
import type { StoredTensor } from "../files/safetensors.ts";
import { show } from "../text/show.ts";
import { type Attribute, readAttribute, readTexts } from "./attribute.ts";
import { FileBytes, UNDEFINED_ADDRESS } from "./file_bytes.ts";
import { readGroup } from "./group.ts";
import { type Message, MessageKind, readMessages } from "./messages.ts";
import { readShape, readType } from "./values.ts";

/** What an open file gives. Paths are relative to its root. */
export interface Hdf5File {
  /** Whether a group or data set is there. */
  has(path: string): boolean;
  /** The names in a group, or none if there is no such group. */
  names(path: string): string[];
  /** The values of a data set of numbers: a copy. */
  tensor(path: string): StoredTensor;
  /** The text of an attribute; undefined if it is not there. */
  text(path: string, attribute: string): string | undefined;
  /** The texts of an attribute that is a list; empty if it is not there. */
  texts(path: string, attribute: string): string[];
}

/** A group or data set. */
interface Node {
  messages: Message[];
  attributes: Map<string, Attribute>;
  children: Map<string, number>;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Where the header of the root group is. */
function rootOf(file: FileBytes): number {
  const isHdf5 = file.length >= 48 &&
    SIGNATURE.every((byte, i) => file.u8(i) === byte);
  if (!isHdf5) throw new SyntaxError("is not an HDF5 file");
  const version = file.u8(8);
  const sizes = version < 2 ? 13 : 9;
  if (version > 3 || file.u8(sizes) !== 8 || file.u8(sizes + 1) !== 8) {
    throw new SyntaxError(
      "is an HDF5 file of a form that Keras does not write",
    );
  }
  return file.u64(version === 0 ? 64 : version === 1 ? 68 : 36);
}

/**
 * Opens an HDF5 file.
 *
 * It reads what Keras writes, through h5py's defaults: groups, attributes of text,
 * and data sets of numbers that are neither chunked nor packed. No address is
 * believed: what is read lies within the file, and all tensors together have no more
 * bytes than the file has.
 *
 * @param bytes The whole file.
 * @returns The file; each of its methods throws a SyntaxError where it is damaged.
 * @throws {SyntaxError} If the bytes are no such file.
 *
 * Reference: The HDF Group, HDF5 File Format Specification 3.0.
 */
export function openHdf5(bytes: Uint8Array): Hdf5File {
  const file = new FileBytes(bytes);
  const nodes = new Map<number, Node>();
  const root = rootOf(file);
  let left = bytes.length;

  function nodeAt(address: number): Node {
    const known = nodes.get(address);
    if (known !== undefined) return known;
    const messages = readMessages(file, address);
    const table = messages.find(({ kind }) => kind === MessageKind.symbolTable);
    const attributes = messages
      .filter(({ kind }) => kind === MessageKind.attribute)
      .map(({ at }) => readAttribute(file, at));
    const node = {
      messages,
      attributes: new Map(attributes.map((a) => [a.name, a])),
      children: table ? readGroup(file, table.at) : new Map<string, number>(),
    };
    nodes.set(address, node);
    return node;
  }

  function find(path: string): Node | undefined {
    let node: Node | undefined = nodeAt(root);
    for (const name of path.split("/").filter(Boolean)) {
      const address: number | undefined = node.children.get(name);
      if (address === undefined) return undefined;
      node = nodeAt(address);
    }
    return node;
  }

  function texts(path: string, name: string): string[] {
    const node = find(path);
    if (node === undefined) throw new SyntaxError(`has no ${show(path)}`);
    const whole = node.attributes.get(name);
    if (whole !== undefined) return readTexts(file, whole);
    // Keras splits long lists into name0, name1, ….
    const all: string[] = [];
    for (let i = 0;; i++) {
      const part = node.attributes.get(`${name}${i}`);
      if (part === undefined) return all;
      all.push(...readTexts(file, part));
    }
  }

  return {
    has: (path) => find(path) !== undefined,
    names: (path) => [...find(path)?.children.keys() ?? []],
    texts,
    text(path, name) {
      const all = texts(path, name);
      return all.length === 0 ? undefined : all.join("");
    },
    tensor(path) {
      const { messages = [] } = find(path) ?? {};
      const message = (kind: number) => messages.find((m) => m.kind === kind);
      const space = message(MessageKind.dataspace);
      const type = message(MessageKind.datatype);
      const layout = message(MessageKind.layout);
      if (!space || !type || !layout) {
        throw new SyntaxError(`has no data set ${show(path)}`);
      }
      const shape = readShape(file, space.at);
      const size = shape.reduce((product, n) => product * n, 1);
      const { width, decode } = readType(file, type.at);
      if (decode === undefined) {
        throw new SyntaxError(
          `${show(path)} does not hold numbers that are read`,
        );
      }
      const data = readContiguous(file, layout.at, path);
      if (!(size * width === data.length)) {
        throw new SyntaxError(
          `${
            show(path)
          } is said to have the shape [${shape}], but it has ${data.length} bytes`,
        );
      }
      left -= data.length;
      if (left < 0) {
        throw new SyntaxError(
          "has tensors that overlap: they are larger than it",
        );
      }
      return { shape, values: decode(data.slice().buffer) };
    },
  };
}

/** The bytes of a data set in one piece. */
function readContiguous(file: FileBytes, at: number, path: string): Uint8Array {
  const version = file.u8(at);
  const kind = file.u8(at + 1);
  if (version !== 3 && version !== 4 || kind > 1) {
    throw new SyntaxError(
      `${
        show(path)
      } is chunked or packed, which Keras does not write: save the model anew`,
    );
  }
  if (kind === 0) return file.slice(at + 4, file.u16(at + 2));
  const address = file.u64(at + 2);
  if (address >= UNDEFINED_ADDRESS - 2 ** 20) return new Uint8Array(0);
  return file.slice(address, file.u64(at + 10));
}
