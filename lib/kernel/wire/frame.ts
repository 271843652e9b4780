/**
 * Frames of ZMTP 3.0, the protocol under Jupyter's sockets.
 *
 * Reference: ZeroMQ RFC 23, "ZMTP 3.0".
 *
 * @module
 */

/** One frame as it came: its head (flags and length) and its body. */
export interface Frame {
  /** The bytes before the body. */
  head: Uint8Array;
  /** What it carries. */
  body: Uint8Array;
}

/** More frames of the same message follow. */
export const MORE = 1;
/** The length takes eight bytes, not one. */
export const LONG = 2;
/** A command between the two ends, not part of a message. */
export const COMMAND = 4;

/** A peer sent what is not ZMTP, or more than is allowed. */
export class ProtocolError extends Error {
  /** The name of this class of errors. */
  override name = "ProtocolError";
}

/** The head of a frame. */
export function frameHead(length: number, flags: number): Uint8Array {
  if (length < 256) return Uint8Array.of(flags, length);
  const head = new Uint8Array(9);
  head[0] = flags | LONG;
  new DataView(head.buffer).setBigUint64(1, BigInt(length));
  return head;
}

/** A message of these parts, in frames. */
export function framesOf(parts: readonly Uint8Array[]): Frame[] {
  return parts.map((body, index) => ({
    head: frameHead(body.length, index < parts.length - 1 ? MORE : 0),
    body,
  }));
}

/** The bytes of frames, one after the other. */
export function bytesOf(frames: readonly Frame[]): Uint8Array {
  return concatenate(frames.flatMap(({ head, body }) => [head, body]));
}

/** Bytes one after the other. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(
    pieces.reduce((sum, { length }) => sum + length, 0),
  );
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
