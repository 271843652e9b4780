import { DatasetError } from "../dataset_error.ts";

/** The features per row of the Boston housing data; the target follows them. */
export const HOUSING_FEATURES = 13;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The rows of the Boston housing data. */
export interface HousingRows {
  /** 13 features per row, in the units of the file. */
  inputs: Float32Array;
  /** The target of each row: the median value of homes, in 1,000 dollars. */
  labels: Float32Array;
}

/**
 * Reads the Boston housing data: 14 numbers per line, separated by white space.
 *
 * @param text The file.
 * @param file The file's name, for errors.
 * @param count The rows that the file must have.
 * @returns The features and targets in the order of the file.
 * @throws {DatasetError} If a line does not have 14 finite numbers, or the
 * number of rows is not `count`.
 *
 * @example
 * ```ts
 * import { parseHousing } from "./housing.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { inputs, labels } = parseHousing("1 2 3 4 5 6 7 8 9 10 11 12 13 24.5\n", "a", 1);
 * strictEqual(inputs[12], 13);
 * strictEqual(labels[0], 24.5);
 * ```
 */
export function parseHousing(
  text: string,
  file: string,
  count: number,
): HousingRows {
  const lines = text.trimEnd().split("\n");
  if (lines.length !== count) {
    throw new DatasetError(
      `${file}: has ${lines.length} rows, expected ${count}`,
    );
  }
  const inputs = new Float32Array(count * HOUSING_FEATURES);
  const labels = new Float32Array(count);
  lines.forEach((line, row) => {
    const words = line.trim().split(/\s+/);
    if (words.length !== HOUSING_FEATURES + 1) {
      throw new DatasetError(
        `${file}: line ${row + 1} has ${words.length} numbers, expected ${
          HOUSING_FEATURES + 1
        }`,
      );
    }
    const numbers = words.map((word, column) => {
      const value = NUMBER.test(word) ? Math.fround(Number(word)) : NaN;
      if (Number.isFinite(value)) return value;
      throw new DatasetError(
        `${file}: line ${row + 1}, column ${
          column + 1
        }: expected a finite number, got ${JSON.stringify(word.slice(0, 20))}`,
      );
    });
    labels[row] = numbers.pop()!;
    inputs.set(numbers, row * HOUSING_FEATURES);
  });
  return { inputs, labels };
}
