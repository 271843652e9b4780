import { basename, join } from "node:path";
import type { Split } from "../dataset.ts";
import type { FolderEntry } from "../dataset_entry.ts";
import { DatasetError } from "../dataset_error.ts";
import { fitPicture } from "../formats/fit_picture.ts";
import { fromEntry } from "../from_entry.ts";
import { explainReadError } from "./read_contents.ts";
import {
  checkCount,
  type PictureReader,
  pictureReader,
} from "./read_pictures.ts";

/**
 * Makes the reader of a folder of aligned pairs as pix2pix's: `train/` and `val/`
 * hold pictures that are two of the same size side by side, A left and B right.
 *
 * @param from Which one is the input; the other is the label.
 * @returns Reads the folder of an entry; throws a `DatasetError` if a file is
 * missing, too large, or not what it should be.
 *
 * @example A folder without the files
 * ```ts
 * import { findEntry } from "../registry.ts";
 * import { readAlignedPairs } from "./read_aligned_pairs.ts";
 * import { rejects } from "node:assert";
 *
 * const entry = findEntry("maps");
 * if (!("read" in entry)) throw new Error("not there");
 * await rejects(readAlignedPairs("A")(entry, "/not/there"), /train: is missing/);
 * ```
 *
 * Reference: P. Isola et al., 2017, arXiv 1611.07004.
 */
export function readAlignedPairs(from: "A" | "B"): FolderEntry["read"] {
  return async (entry, folder) => {
    const reader = pictureReader(folder);
    const read = (part: string) =>
      readSplit(entry, join(folder, part), from, reader);
    const train = await read("train"), test = await read("val");
    return fromEntry(entry, {
      labelShape: [...entry.shape],
      train,
      test,
      source: `${reader.source()}, ${from} to ${from === "A" ? "B" : "A"}`,
    });
  };
}

async function readSplit(
  { shape }: FolderEntry,
  folder: string,
  from: "A" | "B",
  reader: PictureReader,
): Promise<Split> {
  const names = await listPictures(folder);
  const count = names.length;
  checkCount(folder, count, shape);
  const [height = 0, width = 0, channels = 0] = shape;
  const size = height * width * channels;
  const inputs = new Float32Array(count * size);
  const labels = new Float32Array(count * size);
  const [left, right] = from === "A" ? [inputs, labels] : [labels, inputs];
  for (const [i, name] of names.entries()) {
    const path = join(folder, name);
    const picture = await reader.read(path);
    const half = picture.width / 2;
    if (!Number.isInteger(half)) {
      throw new DatasetError(
        `${path}: must be two pictures side by side, got a width of ${picture.width}`,
      );
    }
    const part = (start: number, into: Float32Array) =>
      fitPicture(
        picture,
        [height, width],
        into.subarray(i * size, (i + 1) * size),
        { top: 0, left: start, height: picture.height, width: half },
      );
    part(0, left);
    part(half, right);
  }
  return { count, inputs, labels };
}

/** The names of a folder's pictures, numbers in the order of their size. */
async function listPictures(folder: string): Promise<string[]> {
  try {
    const names: string[] = [];
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (isFile && /\.(jpe?g|png)$/i.test(name)) names.push(basename(name));
    }
    const { compare } = new Intl.Collator("en", { numeric: true });
    return names.sort(compare);
  } catch (error) {
    throw explainReadError(error, folder);
  }
}
