/** The examples of one part of a data set, in one flat array each. */
export interface Split {
  /** The number of examples n. */
  readonly count: number;
  /**
   * The inputs of the examples, one example after the other, each in row-major
   * order of {@linkcode Dataset.shape}: n × (product of the shape) numbers.
   * Images are pixels in [0, 1]; features are in the units of their source.
   */
  readonly inputs: Float32Array;
  /**
   * One label per example: the class index, from 0, in an `Int32Array`; or the
   * target of a regression in a `Float32Array`.
   */
  readonly labels: Int32Array | Float32Array;
}

/**
 * A data set in memory, as {@linkcode openDataset} returns it. In a notebook it shows
 * some of its examples.
 */
export interface Dataset {
  /** The name it is opened by, such as `fashion-mnist`. */
  readonly name: string;
  /** What the labels are: classes or numbers. */
  readonly kind: "classification" | "regression";
  /** The shape of one example: `[height, width, channels]`, or `[features]`. */
  readonly shape: number[];
  /** The number of classes; 0 for a regression. */
  readonly classes: number;
  /** The names of the classes, in the order of their indices. */
  readonly classNames: string[];
  /** The examples to train on. */
  readonly train: Split;
  /** The examples to test on. */
  readonly test: Split;
  /**
   * Where the numbers come from: `generated`, or the folder's name with the
   * first 16 digits of the SHA-256 of each file's unpacked contents.
   */
  readonly source: string;
}
