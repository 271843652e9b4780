/**
 * Examples from pictures of any size: a square in the middle of each.
 *
 * @module
 */
import { checkInteger } from "../../text/check_integer.ts";
import { ChoiceUse, chooseExamples } from "../choose_examples.ts";
import type { Split } from "../dataset.ts";
import { listPictures } from "../streamed/list_pictures.ts";
import { middlePiece, readShorterSide } from "../streamed/piece.ts";
import { pictureThreads } from "../streamed/picture_threads.ts";
import { MOST_NUMBERS, type OwnDataOptions } from "./examples.ts";

/** Pictures that are decoded before the next ones are asked for. */
const AT_A_TIME = 256;

/** Which pictures are chosen does not depend on what is measured on them. */
const CHOICE_SEED = 0;

/**
 * Reads the pictures of a folder with a folder a class, each cut to one size.
 *
 * @throws {DatasetError} If there are none, or one is damaged.
 * @throws {RangeError} If an option is out of range.
 */
export async function readFitted(
  folder: string,
  { size, shorterSide, mostPictures = Infinity }: OwnDataOptions & {
    size: number;
  },
): Promise<{ split: Split; shape: number[] }> {
  checkInteger("size", size, 1);
  const piece = middlePiece(size, readShorterSide(shorterSide, size));
  const { labels, path } = await listPictures(folder);
  const numbers = 3 * size * size;
  const all = { count: labels.length, labels };
  const count = Math.min(
    all.count,
    mostPictures,
    Math.max(1, Math.floor(MOST_NUMBERS / numbers)),
  );
  const { chosen } = chooseExamples(all, count, CHOICE_SEED, ChoiceUse.subset);
  const inputs = new Float32Array(count * numbers);
  const threads = pictureThreads(navigator.hardwareConcurrency);
  try {
    for (let start = 0; start < count; start += AT_A_TIME) {
      const some = chosen.subarray(start, start + AT_A_TIME);
      const read = await threads.read(
        Array.from(some, (index) => ({
          path: path(index),
          size,
          piece,
          statistics: undefined,
        })),
      );
      inputs.set(read, start * numbers);
    }
  } finally {
    threads.close();
  }
  const own = Int32Array.from(chosen, (index) => labels[index]!);
  return { split: { count, inputs, labels: own }, shape: [size, size, 3] };
}
