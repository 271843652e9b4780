/**
 * Numbers of half precision that are the upper halves of single precision.
 *
 * @module
 */

/** Bfloat16 numbers, little-endian, as float32. */
export function decodeBfloat16(buffer: ArrayBuffer): Float32Array {
  const bits = Uint32Array.from(new Uint16Array(buffer), (half) => half << 16);
  return new Float32Array(bits.buffer);
}
