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
   * target of a regression in a `Float32Array`. Where a label is itself an image,
   * the labels follow one another as the inputs do, each in row-major order of
   * {@linkcode Dataset.labelShape}: the class index of each pixel, or
   * {@linkcode IGNORED_LABEL}, in an `Int32Array`; or pixels in [0, 1].
   */
  readonly labels: Int32Array | Float32Array;
}

/** The label of a pixel that counts neither in training nor in testing. */
export const IGNORED_LABEL = 255;

/**
 * What the labels are: a class or a number an example; a class a pixel
 * (`segmentation`); or an image (`translation`).
 */
export type DatasetKind =
  | "classification"
  | "regression"
  | "segmentation"
  | "translation";

/** Vectors of words that were trained elsewhere. */
export interface WordVectors {
  /** Which ones, such as `glove.6B.100d`. */
  readonly name: string;
  /** The numbers of a vector. */
  readonly width: number;
  /** The ids of the words that have one, in ascending order. */
  readonly ids: readonly number[];
  /** The vector of id i from i · width on; zeros where there is none. */
  readonly values: Float32Array;
}

/**
 * A data set in memory, as {@linkcode openDataset} returns it. In a notebook it shows
 * some of its examples.
 */
export interface Dataset {
  /** The name it is opened by, such as `fashion-mnist`. */
  readonly name: string;
  /** What the labels are. */
  readonly kind: DatasetKind;
  /** The shape of one example: `[height, width, channels]`, `[features]` or `[words]`. */
  readonly shape: number[];
  /** The shape of one label; missing where it is one number. */
  readonly labelShape?: readonly number[];
  /** The number of classes; 0 where labels are numbers. */
  readonly classes: number;
  /** The names of the classes, in the order of their indices. */
  readonly classNames: string[];
  /** The examples to train on. */
  readonly train: Split;
  /** The examples to test on. */
  readonly test: Split;
  /**
   * Of texts: the words that the inputs are ids of, by id. The first two are no words:
   * 0 is padding in front of shorter texts, 1 stands for all words that have no id.
   */
  readonly words?: readonly string[];
  /** Of texts: what their words' vectors may begin as. */
  readonly wordVectors?: WordVectors;
  /**
   * Where the numbers come from: `generated`, or the folder's name with the
   * first 16 digits of the SHA-256 of each file's unpacked contents.
   */
  readonly source: string;
}
