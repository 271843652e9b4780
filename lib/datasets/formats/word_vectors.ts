import type { WordVectors } from "../dataset.ts";
import { DatasetError } from "../dataset_error.ts";

/** The most numbers of a vector. */
const MOST_WIDTH = 1000;

/** The most bytes of a line. */
const MOST_LINE = 1 << 16;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const LINE_FEED = 0x0a, SPACE = 0x20;

/** The numbers of a line, checked. */
function numbersOf(text: string, place: string): number[] {
  return text.trim().split(" ").map((field) => {
    const value = NUMBER.test(field) ? Math.fround(Number(field)) : NaN;
    if (Number.isFinite(value)) return value;
    throw new DatasetError(
      `${place}: expected finite numbers with spaces between, got ${
        JSON.stringify(field.slice(0, 20))
      }`,
    );
  });
}

/**
 * Reads the vectors of words from a text file as GloVe's: a line a word, the word and
 * its numbers with spaces between. Only lines of words that are asked for are read.
 *
 * @param bytes The file.
 * @param file The file's path, for errors.
 * @param words The words, by their ids.
 * @param name What the vectors are called.
 * @returns Their vectors; zeros for words that the file has not.
 * @throws {DatasetError} If a line that is asked for is not finite numbers, as many as
 * in the first line, or no word is there.
 *
 * @example
 * ```ts
 * import { parseWordVectors } from "./word_vectors.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const bytes = new TextEncoder().encode("the 1 2\nfilm -0.5 3e-1\n");
 * const { width, ids, values } = parseWordVectors(bytes, "a", ["film", "plot"], "two");
 * deepStrictEqual([width, ids], [2, [0]]);
 * deepStrictEqual(values, Float32Array.of(-0.5, 0.3, 0, 0));
 * ```
 *
 * Reference: J. Pennington, R. Socher, C. Manning, EMNLP 2014.
 */
export function parseWordVectors(
  bytes: Uint8Array,
  file: string,
  words: readonly string[],
  name: string,
): WordVectors {
  const idOf = new Map(words.map((word, id) => [word, id]));
  const decoder = new TextDecoder();
  let width = 0;
  let values = new Float32Array();
  const found = new Set<number>();
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const next = bytes.indexOf(LINE_FEED, start);
    const end = next < 0 ? bytes.length : next;
    const place = `${file}: line ${line}`;
    const space = bytes.indexOf(SPACE, start);
    if (end - start > MOST_LINE || space <= start || space > end) {
      throw new DatasetError(
        `${place}: expected a word and its numbers with spaces between`,
      );
    }
    const id = idOf.get(decoder.decode(bytes.subarray(start, space)));
    if (line === 1 || id !== undefined) {
      const numbers = numbersOf(
        decoder.decode(bytes.subarray(space + 1, end)),
        place,
      );
      if (line === 1) {
        width = numbers.length;
        if (width > MOST_WIDTH) {
          throw new DatasetError(
            `${place}: has ${width} numbers, expected no more than ${MOST_WIDTH}`,
          );
        }
        values = new Float32Array(words.length * width);
      }
      if (numbers.length !== width) {
        throw new DatasetError(
          `${place}: has ${numbers.length} numbers, the first line has ${width}`,
        );
      }
      if (id !== undefined) {
        values.set(numbers, id * width);
        found.add(id);
      }
    }
    start = end + 1;
  }
  if (found.size === 0) {
    throw new DatasetError(
      `${file}: has none of the ${words.length} words of the texts`,
    );
  }
  return { name, width, ids: [...found].sort((a, b) => a - b), values };
}
