/**
 * Protocol buffers, written for tests.
 *
 * @module
 */

/** What a field may hold: an integer, text, bytes, or numbers of single precision. */
export type Content = number | bigint | string | Uint8Array | Float32Array;

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}

/** The bytes of one field. */
export function field(number: number, content: Content): Uint8Array {
  if (typeof content === "number" || typeof content === "bigint") {
    return Uint8Array.from([
      ...varint(BigInt(8 * number)),
      ...varint(BigInt(content)),
    ]);
  }
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return Uint8Array.from([
    ...varint(BigInt(8 * number + 2)),
    ...varint(BigInt(bytes.length)),
    ...bytes,
  ]);
}

/** A message of fields, one after another. */
export function message(
  ...fields: readonly (readonly [number: number, content: Content])[]
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    fields.flatMap(([number, content]) => [...field(number, content)]),
  );
}
