/**
 * Files that were tampered with.
 *
 * @module
 */
import type { RandomStream } from "../../lib/random/stream.ts";

/** Values that readers of sizes and offsets like least. */
const nasty = [0, 1, 0x7f, 0x80, 0xff];

/**
 * A copy of a file with one to eight changes: bytes, runs of bytes, a part that is
 * cut out, repeated or moved, or an end that is missing.
 */
export function mutated(
  original: Uint8Array,
  random: RandomStream,
): Uint8Array<ArrayBuffer> {
  let bytes = Uint8Array.from(original);
  for (let changes = 1 + random.integer(8); changes > 0; changes--) {
    if (bytes.length < 2) break;
    const at = random.integer(bytes.length);
    const length = 1 + random.integer(Math.min(16, bytes.length - at));
    const part = bytes.slice(at, at + length);
    switch (random.integer(7)) {
      case 0:
        bytes[at] = random.integer(256);
        break;
      case 1:
        bytes[at] = bytes[at]! ^ (1 << random.integer(8));
        break;
      case 2:
        bytes.fill(nasty[random.integer(nasty.length)]!, at, at + length);
        break;
      case 3:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(at + length));
        break;
      case 4:
        bytes = joined(bytes.subarray(0, at), part, bytes.subarray(at));
        break;
      case 5:
        bytes.set(part, random.integer(bytes.length - length + 1));
        break;
      default:
        if (changes === 1) bytes = bytes.slice(0, at);
    }
  }
  return bytes;
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
