/**
 * The header of an object: a list of messages.
 *
 * @module
 */
import type { FileBytes } from "./file_bytes.ts";

/** The kinds of messages that are read. */
export const MessageKind = {
  dataspace: 0x01,
  datatype: 0x03,
  layout: 0x08,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
} as const;

/** A message: what it is, and where its contents are. */
export interface Message {
  kind: number;
  at: number;
  length: number;
}

/** The most blocks and messages of one header. */
const MOST_BLOCKS = 1000;
const MOST_MESSAGES = 100_000;

/**
 * Reads the messages of a header of version 1, the only one that Keras's files have.
 *
 * @param file The file.
 * @param address Where the header begins.
 * @throws {SyntaxError} If it is damaged, or of another version.
 *
 * Reference: HDF5 File Format Specification 3.0, section IV.A.1.a.
 */
export function readMessages(file: FileBytes, address: number): Message[] {
  if (file.u8(address) !== 1) {
    throw new SyntaxError(
      "is an HDF5 file of a form that Keras does not write: object headers must have version 1",
    );
  }
  const messages: Message[] = [];
  const blocks = [{ at: address + 16, length: file.u32(address + 8) }];
  for (let i = 0; i < blocks.length; i++) {
    const { at: start, length } = blocks[i]!;
    file.slice(start, length);
    for (let at = start; at + 8 <= start + length;) {
      const kind = file.u16(at);
      const size = file.u16(at + 2);
      const isShared = (file.u8(at + 4) & 2) !== 0;
      at += 8;
      if (at + size > start + length) {
        throw new SyntaxError("is a damaged HDF5 file: a message is cut off");
      }
      if (isShared && kind === MessageKind.datatype) {
        throw new SyntaxError(
          "is an HDF5 file with named types, which are not read",
        );
      }
      if (kind === MessageKind.continuation) {
        blocks.push({ at: file.u64(at), length: file.u64(at + 8) });
      } else if (kind !== 0) messages.push({ kind, at, length: size });
      if (blocks.length > MOST_BLOCKS || messages.length > MOST_MESSAGES) {
        throw new SyntaxError("is a damaged HDF5 file: a header has no end");
      }
      at += size;
    }
  }
  return messages;
}
