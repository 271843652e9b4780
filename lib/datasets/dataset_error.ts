/**
 * A data set is unknown or not there, or its files are not what they should be.
 *
 * The message is one line that names the file (or data set) and its fault.
 * Commands print it and exit with code 2.
 *
 * @example
 * ```ts
 * import { DatasetError } from "./dataset_error.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(new DatasetError("a.bin: has 3 bytes, expected 4").name, "DatasetError");
 * ```
 */
export class DatasetError extends Error {
  /** The error's class, for logs. */
  override readonly name = "DatasetError";
}
