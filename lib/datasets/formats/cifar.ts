import { DatasetError } from "../dataset_error.ts";
import { checkLabel } from "./labels.ts";
import { interleavePlanes } from "./pixels.ts";

const PLANE = 32 * 32;

/** Where the images of a CIFAR file go, and what its records are like. */
export interface CifarTarget {
  /**
   * The bytes of labels before each image: 1 in CIFAR-10; 2 in CIFAR-100, of
   * which the last, the fine class, is read.
   */
  labelBytes: number;
  /** The number of classes: labels must be below it. */
  classes: number;
  /** Receives the pixels, `[32, 32, 3]` per image, scaled to [0, 1]. */
  inputs: Float32Array;
  /** Receives the class indices. */
  labels: Int32Array;
  /** The number of the first image in `inputs` and `labels`. */
  first: number;
}

/**
 * The size in bytes of a record of a CIFAR file: labels, then 1,024 red, 1,024
 * green and 1,024 blue bytes.
 *
 * @param labelBytes 1 in CIFAR-10, 2 in CIFAR-100.
 * @returns labelBytes + 3072.
 *
 * @example
 * ```ts
 * import { cifarRecordBytes } from "./cifar.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(10_000 * cifarRecordBytes(1), 30_730_000);
 * ```
 */
export function cifarRecordBytes(labelBytes: number): number {
  return labelBytes + 3 * PLANE;
}

/**
 * Reads the records of a CIFAR file (binary version) into arrays that hold the
 * images of several files, so that no image is copied twice.
 *
 * @param bytes The whole file.
 * @param file The file's name, for errors.
 * @param target Where the images go.
 * @returns The number of images read.
 * @throws {DatasetError} If the file is not a whole number of records, does not
 * fit in the target, or a label is out of range.
 *
 * @example One image, all black but for one green pixel
 * ```ts
 * import { parseCifar } from "./cifar.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const record = new Uint8Array(3073);
 * record[0] = 6;
 * record[1 + 1024 + 5] = 255;
 * const inputs = new Float32Array(3072), labels = new Int32Array(1);
 * strictEqual(
 *   parseCifar(record, "a.bin", { labelBytes: 1, classes: 10, inputs, labels, first: 0 }),
 *   1,
 * );
 * strictEqual(labels[0], 6);
 * deepStrictEqual([...inputs.subarray(5 * 3, 6 * 3)], [0, 1, 0]);
 * ```
 *
 * Reference: A. Krizhevsky, "Learning multiple layers of features from tiny
 * images", 2009.
 */
export function parseCifar(
  bytes: Uint8Array,
  file: string,
  target: CifarTarget,
): number {
  const { labelBytes, classes, inputs, labels, first } = target;
  const record = cifarRecordBytes(labelBytes);
  const count = bytes.length / record;
  if (!Number.isInteger(count)) {
    throw new DatasetError(
      `${file}: has ${bytes.length} bytes, not a whole number of records of ${record}`,
    );
  }
  if (first + count > labels.length) {
    throw new DatasetError(
      `${file}: holds ${count} images, expected at most ${
        labels.length - first
      }`,
    );
  }
  for (let i = 0; i < count; i++) {
    const image = i * record + labelBytes;
    labels[first + i] = checkLabel(bytes[image - 1]!, classes, file, i);
    interleavePlanes(bytes, image, PLANE, inputs, (first + i) * 3 * PLANE);
  }
  return count;
}
