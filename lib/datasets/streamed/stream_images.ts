/**
 * A folder of pictures that is too large for memory, read while it is trained on.
 *
 * @module
 */
import { basename, join } from "node:path";
import { checkInteger } from "../../text/check_integer.ts";
import {
  type ChannelStatistics,
  channelStatistics,
} from "../channel_statistics.ts";
import { DatasetError } from "../dataset_error.ts";
import { namesIn } from "../io/class_folders.ts";
import { listPictures, type PictureList } from "./list_pictures.ts";
import {
  middlePiece,
  randomPieces,
  readShorterSide,
  type ShorterSide,
} from "./piece.ts";
import { type PictureThreads, pictureThreads } from "./picture_threads.ts";
import { type StreamedSplit, withoutDraws } from "./streamed_split.ts";

/** How {@linkcode streamImages} reads pictures. */
export interface StreamImagesOptions {
  /** Rows and columns of an example, an integer ≥ 1. @default {224} */
  size?: number;
  /**
   * What pictures' shorter sides are scaled to before a square of `size` is cut out, in
   * pixels, ≥ `size`; or from what to what, drawn uniformly for each picture that is
   * trained on (what is tested on has the least).
   *
   * @default {size · 8/7: 256 for 224}
   */
  shorterSide?: number | readonly [least: number, most: number];
  /**
   * Whether what is trained on is cut out anywhere and mirrored or not, at random; else
   * it is the middle, as in what is tested on.
   *
   * @default {true}
   */
  augment?: boolean;
  /**
   * Whether each channel gets mean 0 and deviation 1; else inputs are in [0, 1].
   *
   * @default {true}
   */
  standardise?: boolean;
  /** Threads that read pictures, an integer ≥ 1. @default {one a processor} */
  threads?: number;
}

/** A data set that is read while it is trained on; it can be given to `train` as it is. */
export interface StreamedDataset {
  /** For records: the folder, its pictures, and how they are prepared. */
  readonly name: string;
  /** What the labels are. */
  readonly kind: "classification";
  /** The shape of one example, `[size, size, 3]`. */
  readonly shape: number[];
  /** The number of classes. */
  readonly classes: number;
  /** The names of the classes, in the order of their indices. */
  readonly classNames: string[];
  /** What inputs were standardised by, if they were: new ones must be too. */
  readonly statistics: ChannelStatistics | undefined;
  /** The examples to train on. */
  readonly train: StreamedSplit;
  /** The examples to test on. */
  readonly test: StreamedSplit;
  /** What is evaluated, by name. */
  readonly evaluation: Readonly<Record<string, StreamedSplit>>;
  /** Ends the threads that read. */
  dispose(): void;
}

/** How many training examples the statistics are taken of, at most. */
const SAMPLE = 1000;

/** The folders that may hold what is tested on. */
const TEST_FOLDERS = ["val", "validation", "test"];

/**
 * Opens a folder of pictures that need not fit into memory, such as ImageNet's: they
 * are read, decoded and cut to size by threads while the batch before is trained on.
 *
 * The folder has `train` and `val` (or `validation`, or `test`), each with a folder a
 * class, named after it, with JPEG and PNG pictures of any size. Of each picture, the
 * shorter side is scaled to S pixels, each pixel the mean of the area that it covers,
 * and a square of `size` pixels is cut out. Inputs are z = (x − μ)/σ, x in [0, 1], with μ
 * and σ of each channel over 1,000 training examples, evenly spaced; or x.
 *
 * Which pieces are cut out of a batch depends on the run's seed and the number of the
 * batch alone: a run that is resumed sees the same. JPEGs that break off are taken as
 * far as they go; other faults end the training, which can be resumed.
 *
 * @param folder The folder.
 * @param options The size, and how pieces are cut out.
 * @returns The data; dispose them when done.
 * @throws {DatasetError} If folders are missing, classes differ, or a picture cannot be
 * read; `read` later on, for other pictures.
 * @throws {RangeError} If an option is out of range.
 *
 * @example A folder that is not there
 * ```ts
 * import { streamImages } from "./stream_images.ts";
 * import { rejects } from "node:assert";
 *
 * await rejects(streamImages("/not/there"), /is missing/);
 * ```
 *
 * Reference: A. Krizhevsky et al., NIPS 2012, section 4.1.
 */
export async function streamImages(
  folder: string,
  options: StreamImagesOptions = {},
): Promise<StreamedDataset> {
  const {
    size = 224,
    augment = true,
    standardise = true,
    threads = navigator.hardwareConcurrency,
  } = options;
  checkInteger("size", size, 1);
  checkInteger("threads", threads, 1);
  const shorterSide = readShorterSide(options.shorterSide, size);
  const lists = await listParts(folder);
  const readers = pictureThreads(threads);
  const make = (
    list: PictureList,
    statistics?: ChannelStatistics,
  ): StreamedSplit => split(list, { size, shorterSide, readers, statistics });
  try {
    const statistics = standardise
      ? await statisticsOf(make(lists.train))
      : undefined;
    const train = make(lists.train, statistics);
    const test = make(lists.test, statistics);
    const { classNames } = lists.train;
    return {
      name: `${basename(folder)} at ${size} of ${
        [...new Set(shorterSide)].join(" to ")
      }${standardise ? ", standardised" : ""}${
        augment ? ", random pieces" : ""
      } (${lists.train.source}; ${lists.test.source})`,
      kind: "classification",
      shape: [size, size, 3],
      classes: classNames.length,
      classNames: [...classNames],
      statistics,
      train: augment ? train : withoutDraws(train),
      test,
      evaluation: { test },
      dispose: () => readers.close(),
    };
  } catch (error) {
    readers.close();
    throw error;
  }
}

/** The pictures of both parts, of the same classes. */
async function listParts(
  folder: string,
): Promise<{ train: PictureList; test: PictureList }> {
  const names = await namesIn(folder);
  const testFolder = TEST_FOLDERS.find((name) => names.includes(name));
  if (!names.includes("train") || testFolder === undefined) {
    throw new DatasetError(
      `${folder}: expected the folders train and ${
        TEST_FOLDERS.join(" or ")
      }, each with a folder a class`,
    );
  }
  const train = await listPictures(join(folder, "train"));
  const test = await listPictures(join(folder, testFolder));
  const differing =
    train.classNames.find((name) => !test.classNames.includes(name)) ??
      test.classNames.find((name) => !train.classNames.includes(name));
  if (differing !== undefined) {
    throw new DatasetError(
      `${folder}: the class ${
        JSON.stringify(differing.slice(0, 60))
      } is in one of train and ${testFolder} only`,
    );
  }
  return { train, test };
}

function split(
  list: PictureList,
  { size, shorterSide, readers, statistics }: {
    size: number;
    shorterSide: ShorterSide;
    readers: PictureThreads;
    statistics: ChannelStatistics | undefined;
  },
): StreamedSplit {
  const { labels } = list;
  const middle = middlePiece(size, shorterSide);
  return {
    count: labels.length,
    shape: [size, size, 3],
    labels,
    async read(indices, draw) {
      const wrong = Array.from(indices).find((index) =>
        !(index >= 0 && index < labels.length && index % 1 === 0)
      );
      if (wrong !== undefined) {
        throw new RangeError(
          `indices must be integers in [0, ${labels.length}), got ${wrong}`,
        );
      }
      const pieces = draw &&
        randomPieces(indices.length, size, shorterSide, draw);
      return await readers.read(Array.from(indices, (index, i) => ({
        path: list.path(index),
        size,
        piece: pieces?.[i] ?? middle,
        statistics,
      })));
    },
  };
}

async function statisticsOf(train: StreamedSplit): Promise<ChannelStatistics> {
  const count = Math.min(SAMPLE, train.count);
  const indices = Int32Array.from(
    { length: count },
    (_, i) => Math.floor(i * train.count / count),
  );
  const inputs = await train.read(indices);
  return channelStatistics({ count, inputs, labels: indices }, train.shape);
}
