/**
 * Examples from NumPy's `.npz`.
 *
 * @module
 */
import { type NpzFile, type NumpyArray, openNpz } from "../../numpy/mod.ts";
import { fileSource } from "../../zip/mod.ts";
import type { Split } from "../dataset.ts";
import { DatasetError } from "../dataset_error.ts";
import { scalePixels } from "../formats/pixels.ts";
import {
  checkInputs,
  type Labels,
  labelsOf,
  MOST_NUMBERS,
  type OwnData,
  type OwnDataOptions,
} from "./examples.ts";

/** What arrays of inputs and labels are called. */
const pairs = [["x_train", "y_train"], ["x", "y"], [
  "inputs",
  "labels",
]] as const;

/** The numbers of an array of labels, one an example: one-hot rows are classes. */
function labelNumbers({ shape, values }: NumpyArray, file: string) {
  const count = shape[0] ?? 0;
  const width = shape.slice(1).reduce((a, b) => a * b, 1);
  if (width === 1) return values;
  if (shape.length !== 2) {
    throw new DatasetError(
      `${file}: labels have the shape [${shape}], expected [${count}] or one-hot [${count}, classes]`,
    );
  }
  return Float64Array.from({ length: count }, (_, i) => {
    const row: number[] = Array.from(
      values.subarray(i * width, (i + 1) * width),
    );
    const sum = row.reduce((sum, value) => sum + value, 0);
    const isOneHot = sum === 1 &&
      row.every((value) => value === 0 || value === 1);
    if (isOneHot) return row.indexOf(1);
    throw new DatasetError(
      `${file}: example ${i} has ${width} labels that are not one-hot`,
    );
  });
}

/** One split of a file. */
async function readSplit(
  archive: NpzFile,
  [x, y]: readonly [string, string],
  kind: OwnDataOptions["kind"],
  file: string,
): Promise<{ split: Split; shape: number[]; labels: Labels }> {
  const inputs = await archive.read(x);
  const targets = await archive.read(y);
  const [count = 0, ...rest] = inputs.shape;
  const shape = rest.length === 0 ? [1] : rest;
  if (count === 0 || targets.shape[0] !== count) {
    throw new DatasetError(
      `${file}: ${x} has ${count} examples and ${y} has ${
        targets.shape[0] ?? 0
      }, expected as many, at least one`,
    );
  }
  if (inputs.values.length > MOST_NUMBERS) {
    throw new DatasetError(
      `${file}: ${x} has ${inputs.values.length} numbers, expected at most ${MOST_NUMBERS}`,
    );
  }
  const labels = labelsOf(labelNumbers(targets, file), kind, file);
  const split = {
    count,
    // Bytes are pixels.
    inputs: inputs.values instanceof Uint8Array
      ? scalePixels(inputs.values)
      : Float32Array.from(inputs.values),
    labels: labels.labels,
  };
  checkInputs(split, file);
  return { split, shape, labels };
}

/**
 * Reads `.npz`: arrays `x` and `y` (or `inputs` and `labels`, or `x_train`,
 * `y_train` and, if there, `x_test`, `y_test`); bytes are scaled to [0, 1].
 *
 * @throws {DatasetError} If arrays are missing, do not match, or are not finite.
 * @throws {SyntaxError} If the file is damaged.
 */
export async function readNpz(
  path: string,
  { kind }: OwnDataOptions,
): Promise<Omit<OwnData, "name">> {
  using source = await fileSource(path);
  const archive = await openNpz(source, 8 * MOST_NUMBERS);
  const names = new Set(archive.names);
  const pair = pairs.find(([x, y]) => names.has(x) && names.has(y));
  if (pair === undefined) {
    throw new DatasetError(
      `${path}: has the arrays ${
        [...names].join(", ").slice(0, 200) || "none"
      }, expected x and y`,
    );
  }
  const { split, shape, labels } = await readSplit(archive, pair, kind, path);
  const { classes, classNames } = labels;
  const data = { kind: labels.kind, shape, classes, classNames, train: split };
  if (!names.has("x_test") || !names.has("y_test")) return data;
  const test = await readSplit(
    archive,
    ["x_test", "y_test"],
    labels.kind,
    path,
  );
  if (`${test.shape}` !== `${shape}` || test.labels.classes > classes) {
    throw new DatasetError(
      `${path}: x_test or y_test are of other shape or classes than x_train and y_train`,
    );
  }
  return { ...data, test: test.split };
}
