/**
 * Writes NumPy's `.npy` arrays, for tests.
 *
 * @module
 */

/** An array of a type and shape, whether or not its values fit. */
export function npy(
  type: string,
  shape: readonly number[],
  values: ArrayBufferView,
  fortran: "True" | "False" = "False",
): Uint8Array<ArrayBuffer> {
  const sizes = shape.map((size) => `${size},`).join(" ");
  const header = new TextEncoder().encode(
    `{'descr': '${type}', 'fortran_order': ${fortran}, 'shape': (${sizes}), }\n`,
  );
  const bytes = new Uint8Array(10 + header.length + values.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  bytes.set(header, 10);
  bytes.set(
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    10 + header.length,
  );
  return bytes;
}
