import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import type { Dataset, Split } from "../dataset.ts";
import type { FolderEntry } from "../dataset_entry.ts";
import { DatasetError } from "../dataset_error.ts";
import { decodeText } from "../formats/decode_text.ts";
import {
  classOfRating,
  MOST_REVIEWS,
  parseReviews,
  type Reviews,
} from "../formats/reviews.ts";
import { parseWordVectors } from "../formats/word_vectors.ts";
import { fromEntry } from "../from_entry.ts";
import { encodeTexts } from "../text/encode_texts.ts";
import { checkNeeds, locateFile } from "./locate.ts";
import { explainReadError, readContents } from "./read_contents.ts";

/** The most bytes of a file of reviews, of one review, and of word vectors. */
const MOST_BYTES = { table: 1 << 27, review: 1 << 18, vectors: 1 << 30 };

/** The most ids: those of padding and of unknown words, and the most frequent words. */
export const REVIEW_VOCABULARY = 25_000;

/** The files of a class of reviews: their number, and their rating. */
const REVIEW_FILE = /^(\d{1,6})_(10|[1-9])\.txt$/;

/** What reading a split gives: the reviews, and what tells them from others. */
type ReadSplit = (part: "train" | "test") => Promise<Reviews & { sum: string }>;

/** Reads a split from one file, `train.tsv`, or `train.tsv.gz`. */
function fromTable(folder: string): ReadSplit {
  return async (part) => {
    const path = await locateFile(folder, `${part}.tsv`);
    const { bytes, sha256 } = await readContents(path, {
      least: 1,
      most: MOST_BYTES.table,
    });
    const sum = `${part}.tsv sha256:${sha256.slice(0, 16)}`;
    return { ...parseReviews(decodeText(bytes, path), path), sum };
  };
}

/** The files of a folder of reviews of one class, in the order of their numbers. */
async function listReviews(folder: string, label: number): Promise<string[]> {
  const files: { name: string; number: number }[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      const match = REVIEW_FILE.exec(name);
      if (!isFile || match === null) continue;
      if (classOfRating(Number(match[2])) !== label) {
        throw new DatasetError(
          `${join(folder, name)}: a rating of ${match[2]} is not of this class`,
        );
      }
      files.push({ name, number: Number(match[1]) });
    }
  } catch (error) {
    throw explainReadError(error, folder);
  }
  if (files.length < 1 || files.length > MOST_REVIEWS) {
    throw new DatasetError(
      `${folder}: has ${files.length} reviews such as 0_9.txt, expected 1 to ${MOST_REVIEWS}`,
    );
  }
  return files.sort((a, b) => a.number - b.number).map(({ name }) => name);
}

/** Reads a split from a file a review, `train/neg/0_3.txt`. */
function fromFiles(folder: string): ReadSplit {
  return async (part) => {
    const hash = createHash("sha256");
    const texts: string[] = [], labels: number[] = [];
    for (const [label, name] of ["neg", "pos"].entries()) {
      const own = join(folder, part, name);
      for (const file of await listReviews(own, label)) {
        const path = join(own, file);
        const { bytes, sha256 } = await readContents(path, {
          least: 1,
          most: MOST_BYTES.review,
        });
        hash.update(sha256);
        texts.push(decodeText(bytes, path));
        labels.push(label);
      }
    }
    const sum = `${part} ${texts.length} files sha256:${
      hash.digest("hex").slice(0, 16)
    }`;
    return { texts, labels, sum };
  };
}

/** What {@linkcode readReviews} needs in its folder. */
export const REVIEW_NEEDS: FolderEntry["needs"] = ["train", "test"].map((
  part,
) => [`${part}.tsv`, `${part}.tsv.gz`, part]);

/**
 * Makes the reader of a folder of film reviews: `train.tsv` and `test.tsv` (or `.gz`)
 * with a review a line ({@linkcode parseReviews}), or else the published folder, whose
 * reviews are the files `{train,test}/{neg,pos}/NUMBER_RATING.txt`.
 *
 * @param vectors A file in the same folder with vectors of words as GloVe's, which the
 * data set then has, such as `glove.6B.100d.txt` (or `.gz`). @default {none}
 * @returns Reads the folder of an entry, whose shape says how many words of each review
 * are kept; throws a `DatasetError` if a file is missing, too large, or not what it
 * should be.
 *
 * @example A folder without the files
 * ```ts
 * import { findEntry } from "../registry.ts";
 * import { readReviews } from "./read_reviews.ts";
 * import { rejects } from "node:assert";
 *
 * const entry = findEntry("imdb");
 * if (!("read" in entry)) throw new Error("not there");
 * await rejects(readReviews()(entry, "/not/there"), /train.tsv: is missing/);
 * ```
 *
 * Reference: A. Maas et al., "Learning word vectors for sentiment analysis", ACL 2011.
 */
export function readReviews(vectors?: string): FolderEntry["read"] {
  return async (entry, folder): Promise<Dataset> => {
    await checkNeeds(folder, REVIEW_NEEDS);
    const isTable = await locateFile(folder, "train.tsv").then(
      () => true,
      () => false,
    );
    const read = isTable ? fromTable(folder) : fromFiles(folder);
    const train = await read("train"), test = await read("test");
    const encoded = encodeTexts(train.texts, test.texts, {
      length: entry.shape[0]!,
      vocabulary: REVIEW_VOCABULARY,
    });
    const split = ({ labels }: Reviews, inputs: Float32Array): Split => ({
      count: labels.length,
      inputs,
      labels: Int32Array.from(labels),
    });
    const found = vectors === undefined
      ? undefined
      : await readVectors(folder, vectors, encoded.words);
    return fromEntry(entry, {
      train: split(train, encoded.train),
      test: split(test, encoded.test),
      words: encoded.words,
      ...found ? { wordVectors: found } : {},
      source: [
        `${basename(folder)}: ${train.sum}, ${test.sum}`,
        ...found ? [`${found.ids.length} words from ${found.name}`] : [],
      ].join(", "),
    });
  };
}

async function readVectors(
  folder: string,
  file: string,
  words: readonly string[],
) {
  const path = await locateFile(folder, file);
  const { bytes, sha256 } = await readContents(path, {
    least: 1,
    most: MOST_BYTES.vectors,
  });
  const name = `${basename(file, ".txt")} sha256:${sha256.slice(0, 16)}`;
  return parseWordVectors(bytes, path, words, name);
}
