import { DatasetError } from "../dataset_error.ts";

/**
 * Checks a class index from a file.
 *
 * @param label The index.
 * @param classes The number of classes: the index must be below it.
 * @param file The file's name, for the error.
 * @param example The number of the example in the file, from 0, for the error.
 * @returns The label.
 * @throws {DatasetError} If the index is not below `classes`.
 *
 * @example
 * ```ts
 * import { checkLabel } from "./labels.ts";
 * import { strictEqual, throws } from "node:assert";
 *
 * strictEqual(checkLabel(9, 10, "labels", 0), 9);
 * throws(() => checkLabel(10, 10, "labels", 3), /labels: example 3 has label 10/);
 * ```
 */
export function checkLabel(
  label: number,
  classes: number,
  file: string,
  example: number,
): number {
  if (label >= classes) {
    throw new DatasetError(
      `${file}: example ${example} has label ${label}, expected 0 to ${
        classes - 1
      }`,
    );
  }
  return label;
}
