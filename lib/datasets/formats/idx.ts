import { DatasetError } from "../dataset_error.ts";

/** The third byte of the magic number: the elements are unsigned bytes. */
const UNSIGNED_BYTE = 0x08;

/**
 * The size in bytes of an idx file of unsigned bytes: a magic number and one
 * 32-bit length per axis, then the elements.
 *
 * @param shape The lengths of the axes.
 * @returns 4 + 4·(number of axes) + (product of the shape).
 *
 * @example The images of MNIST
 * ```ts
 * import { idxBytes } from "./idx.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(idxBytes([60_000, 28, 28]), 47_040_016);
 * ```
 */
export function idxBytes(shape: readonly number[]): number {
  return 4 + 4 * shape.length + shape.reduce((a, b) => a * b, 1);
}

/**
 * The elements of an idx file of unsigned bytes, the format of MNIST.
 *
 * @param bytes The whole file, unpacked.
 * @param file The file's name, for errors.
 * @param shape The lengths of the axes that the file must have.
 * @returns The elements in row-major order, as a view of `bytes`.
 * @throws {DatasetError} If magic number, axes or length are not as expected.
 *
 * @example Two labels
 * ```ts
 * import { parseIdx } from "./idx.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const file = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9);
 * deepStrictEqual([...parseIdx(file, "labels", [2])], [7, 9]);
 * ```
 */
export function parseIdx(
  bytes: Uint8Array,
  file: string,
  shape: readonly number[],
): Uint8Array {
  const header = 4 + 4 * shape.length;
  if (bytes.length < header) {
    throw new DatasetError(
      `${file}: has ${bytes.length} bytes, too few for an idx header of ${header}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = UNSIGNED_BYTE * 256 + shape.length;
  if (magic !== expected) {
    throw new DatasetError(
      `${file}: magic number is ${magic}, expected ${expected} ` +
        `(idx, unsigned bytes, axes: ${shape.length})`,
    );
  }
  const found = shape.map((_, axis) => view.getUint32(4 + 4 * axis));
  if (found.some((length, axis) => length !== shape[axis])) {
    throw new DatasetError(
      `${file}: holds ${found.join(" × ")} elements, expected ${
        shape.join(" × ")
      }`,
    );
  }
  if (bytes.length !== idxBytes(shape)) {
    throw new DatasetError(
      `${file}: has ${bytes.length} bytes, expected ${idxBytes(shape)}`,
    );
  }
  return bytes.subarray(header);
}
