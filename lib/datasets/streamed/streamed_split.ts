import {
  ChoiceUse,
  chooseExamples,
  chooseHeldOut,
} from "../choose_examples.ts";

/** What makes the examples of a step others than they are: random pieces of images. */
export interface StreamDraw {
  /** The run's seed. */
  readonly seed: number;
  /** The number of the batch, from 0. */
  readonly step: number;
}

/** The examples of one part of a data set that is too large for memory. */
export interface StreamedSplit {
  /** The number of examples. */
  readonly count: number;
  /** The shape of one example, `[height, width, channels]`. */
  readonly shape: readonly number[];
  /** The class of each example, from 0. */
  readonly labels: Int32Array;
  /**
   * Reads examples.
   *
   * @param indices Their numbers, from 0.
   * @param draw For training: what random pieces are cut out by. Without it the
   * pieces are those in the middle.
   * @returns They, one after the other, in row-major order of the shape.
   * @throws {DatasetError} If a file is damaged or gone.
   */
  read(
    indices: ArrayLike<number>,
    draw?: StreamDraw,
  ): Promise<Float32Array<ArrayBuffer>>;
}

/** Some of a split's examples, in the order of their numbers. */
function someOf(split: StreamedSplit, chosen: Int32Array): StreamedSplit {
  return {
    count: chosen.length,
    shape: split.shape,
    labels: chosen.map((i) => split.labels[i]!),
    read: (indices, draw) =>
      split.read(Array.from(indices, (i) => chosen[i]!), draw),
  };
}

/**
 * A random part of a split in which the classes keep their proportions, as `subset`
 * takes it of a split in memory.
 *
 * @param split The examples.
 * @param count How many, in [1, split.count].
 * @param seed The seed, an integer in [0, 2⁵³).
 * @throws {RangeError} If count or seed is out of range.
 */
export function streamedSubset(
  split: StreamedSplit,
  count: number,
  seed: number,
): StreamedSplit {
  const { chosen } = chooseExamples(split, count, seed, ChoiceUse.subset);
  return someOf(split, chosen);
}

/**
 * Holds examples out of a split, as `holdOut` does of a split in memory.
 *
 * @param split The examples.
 * @param count How many are held out, in [1, split.count).
 * @param seed The seed, an integer in [0, 2⁵³).
 * @returns What is left, and what is held out.
 * @throws {RangeError} If count or seed is out of range.
 */
export function streamedHoldOut(
  split: StreamedSplit,
  count: number,
  seed: number,
): [rest: StreamedSplit, heldOut: StreamedSplit] {
  const { chosen, rest } = chooseHeldOut(split, count, seed);
  return [someOf(split, rest), someOf(split, chosen)];
}

/** A split whose examples are the same at every step: the pieces in the middle. */
export function withoutDraws(split: StreamedSplit): StreamedSplit {
  return { ...split, read: (indices) => split.read(indices) };
}
