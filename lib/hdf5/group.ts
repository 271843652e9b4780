/**
 * Groups: names, and the objects that they stand for.
 *
 * @module
 */
import type { FileBytes } from "./file_bytes.ts";

/** The most nodes that are visited, and the longest name. */
const MOST_NODES = 100_000;
const LONGEST_NAME = 10_000;

/**
 * The objects of a group, by name; soft links are left out.
 *
 * @param at Where the symbol table message is.
 * @throws {SyntaxError} If it is damaged.
 *
 * Reference: HDF5 File Format Specification 3.0, sections III.A.1, III.B and III.D.
 */
export function readGroup(file: FileBytes, at: number): Map<string, number> {
  const tree = file.u64(at);
  const heap = file.u64(at + 8);
  file.expect(heap, "HEAP");
  const heapSize = file.u64(heap + 8);
  const heapData = file.u64(heap + 24);
  file.slice(heapData, heapSize);

  const children = new Map<string, number>();
  const nodes = [tree];
  const seen = new Set(nodes);
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    file.expect(node, "TREE");
    const [kind, level, count] = [
      file.u8(node + 4),
      file.u8(node + 5),
      file.u16(node + 6),
    ];
    if (kind !== 0) {
      throw new SyntaxError("is a damaged HDF5 file: a group is none");
    }
    for (let child = 0; child < count; child++) {
      const address = file.u64(node + 24 + 8 + 16 * child);
      if (seen.has(address) || seen.size > MOST_NODES) {
        throw new SyntaxError("is a damaged HDF5 file: a group has a loop");
      }
      seen.add(address);
      if (level > 0) nodes.push(address);
      else readSymbols(address);
    }
  }

  function readSymbols(node: number): void {
    file.expect(node, "SNOD");
    const count = file.u16(node + 6);
    for (let i = 0; i < count; i++) {
      const entry = node + 8 + 40 * i;
      const offset = file.u64(entry);
      const isSoftLink = file.u32(entry + 16) === 2;
      if (offset >= heapSize) {
        throw new SyntaxError("is a damaged HDF5 file: a name is not there");
      }
      const most = Math.min(LONGEST_NAME, heapSize - offset);
      const name = file.text(heapData + offset, most);
      if (!isSoftLink) children.set(name, file.u64(entry + 8));
    }
  }
  return children;
}
