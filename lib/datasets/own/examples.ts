/**
 * One's own data: examples from a file or folder of any form that is read.
 *
 * @module
 */
import type { Split } from "../dataset.ts";
import { DatasetError } from "../dataset_error.ts";

/** What is told of a file that does not say it itself. */
export interface OwnDataOptions {
  /**
   * Whether labels are classes or numbers. @default {classes where all labels are
   * texts or integers from 0 on}
   */
  kind?: "classification" | "regression" | undefined;
  /** Of idx: the file of labels. @default {`labels` for `images` in the name} */
  labels?: string | undefined;
  /** Of CSV: the name or number (from 0) of the label's column. @default {the last} */
  label?: string | number | undefined;
  /**
   * Of a folder of pictures, which may be of any size then: the rows and columns of the
   * square in the middle that is cut out of each, an integer ≥ 1.
   *
   * @default {pictures are taken whole, and must be of one size}
   */
  size?: number | undefined;
  /** What shorter sides are scaled to before that, ≥ size. @default {size · 8/7} */
  shorterSide?: number | undefined;
  /**
   * The most pictures that are read of a part where `size` is given, chosen at random
   * from the classes in proportion. @default {as many as fit into memory}
   */
  mostPictures?: number | undefined;
}

/** One's own examples. */
export interface OwnData {
  /** The file's or folder's name. */
  readonly name: string;
  /** What the labels are. */
  readonly kind: "classification" | "regression";
  /** The shape of one example. */
  readonly shape: number[];
  /** The number of classes; 0 for a regression. */
  readonly classes: number;
  /** The names of the classes. */
  readonly classNames: string[];
  /** Of texts: the words that the inputs are ids of. */
  readonly words?: readonly string[];
  /** The examples. */
  readonly train: Split;
  /** Examples to test on, where the file or folder has some apart. */
  readonly test?: Split;
}

/** The most numbers that inputs may have in all: 2 GiB of float32. */
export const MOST_NUMBERS = 2 ** 29;

/** The most classes. */
const MOST_CLASSES = 100_000;

/** Refuses inputs that are not finite. */
export function checkInputs(
  { inputs, count }: Split,
  file: string,
): void {
  const size = inputs.length / count;
  for (let i = 0; i < inputs.length; i++) {
    if (!Number.isFinite(inputs[i]!)) {
      throw new DatasetError(
        `${file}: example ${Math.floor(i / size)} has the input ${inputs[i]}`,
      );
    }
  }
}

/** Labels, and what they are. */
export type Labels = Pick<OwnData, "kind" | "classes" | "classNames"> & {
  readonly labels: Split["labels"];
};

/**
 * Labels from numbers: class indices if all are integers from 0 on, else targets.
 *
 * @param values One number an example.
 * @param kind What they are said to be, if anything.
 * @throws {DatasetError} If one is not finite, or not what they are said to be.
 */
export function labelsOf(
  values: ArrayLike<number>,
  kind: OwnDataOptions["kind"],
  file: string,
): Labels {
  let largest = -1;
  let isIndex = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(Math.fround(value))) {
      throw new DatasetError(`${file}: example ${i} has the label ${value}`);
    }
    if (!(Number.isInteger(value) && value >= 0 && value < MOST_CLASSES)) {
      if (kind === "classification") {
        throw new DatasetError(
          `${file}: example ${i} has the label ${value}, expected a class from 0 to ${
            MOST_CLASSES - 1
          }`,
        );
      }
      isIndex = false;
    }
    largest = Math.max(largest, value);
  }
  if (kind === "regression" || !isIndex) {
    const labels = Float32Array.from(values);
    return { kind: "regression", classes: 0, classNames: [], labels };
  }
  return {
    kind: "classification",
    classes: largest + 1,
    classNames: Array.from({ length: largest + 1 }, (_, i) => String(i)),
    labels: Int32Array.from(values),
  };
}
