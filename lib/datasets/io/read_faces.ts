import { join } from "node:path";
import type { Split } from "../dataset.ts";
import type { FolderEntry } from "../dataset_entry.ts";
import { DatasetError } from "../dataset_error.ts";
import { fitPicture } from "../formats/fit_picture.ts";
import { fromEntry } from "../from_entry.ts";
import { locateFile } from "./locate.ts";
import { readContents } from "./read_contents.ts";
import {
  checkCount,
  type PictureReader,
  pictureReader,
} from "./read_pictures.ts";

/** Where the pictures are, and what says which are tested on. */
const PICTURES = "img_align_celeba", PARTS = "list_eval_partition.txt";

/** What {@linkcode readFaces} needs in its folder. */
export const FACE_NEEDS: readonly string[] = [PICTURES, PARTS];

/** A line of the list of parts: a file, and 0 for training, 1, or 2 for testing. */
const LINE = /^(\d{1,9}\.(?:jpg|png)) ([012])$/;

/**
 * Reads a folder that is laid out as CelebA's: pictures in `img_align_celeba`, and the
 * part of each in `list_eval_partition.txt`, such as `000001.jpg 0`.
 *
 * Of each part the first pictures are read, as many as the entry says at most: parts 0
 * and 1 are trained on, in their order, part 2 is tested on. The largest piece in the
 * middle of each picture that has the entry's proportions is scaled to the entry's
 * shape. All are of one class, as their attributes are not read.
 *
 * @param entry The data set; its shape decides the size.
 * @param folder The path of its own folder.
 * @returns The data set; its arrays belong to the caller.
 * @throws {DatasetError} If a file is missing, too large, or not what it should be.
 *
 * @example A folder without the files
 * ```ts
 * import { findEntry } from "../registry.ts";
 * import { readFaces } from "./read_faces.ts";
 * import { rejects } from "node:assert";
 *
 * const entry = findEntry("celeba");
 * if (!("read" in entry)) throw new Error("not there");
 * await rejects(readFaces(entry, "/not/there"), /list_eval_partition.txt: is missing/);
 * ```
 *
 * Reference: Z. Liu, P. Luo, X. Wang, X. Tang, ICCV 2015.
 */
export const readFaces: FolderEntry["read"] = async (entry, folder) => {
  const parts = await readParts(await locateFile(folder, PARTS));
  const reader = pictureReader(folder);
  const read = (names: readonly string[], most: number) =>
    readSplit(entry, folder, names.slice(0, most), reader);
  const train = await read(parts.train, entry.train);
  const test = await read(parts.test, entry.test);
  return fromEntry(entry, { train, test, source: reader.source() });
};

/** The names of the pictures of each part: they become parts of paths. */
async function readParts(
  path: string,
): Promise<{ train: string[]; test: string[] }> {
  const { bytes } = await readContents(path, { least: 1, most: 1 << 24 });
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/)
    .map((line) => line.trim()).filter((line) => line !== "");
  const parts = { train: [] as string[], test: [] as string[] };
  lines.forEach((line, i) => {
    const match = LINE.exec(line);
    if (match === null) {
      throw new DatasetError(
        `${path}: line ${
          i + 1
        }: expected a picture and its part, such as 000001.jpg 0, got ${
          JSON.stringify(line.slice(0, 40))
        }`,
      );
    }
    parts[match[2] === "2" ? "test" : "train"].push(match[1]!);
  });
  for (const [part, names] of Object.entries(parts)) {
    if (names.length > 0) continue;
    throw new DatasetError(`${path}: lists no picture to ${part} on`);
  }
  return parts;
}

async function readSplit(
  { shape }: FolderEntry,
  folder: string,
  names: readonly string[],
  reader: PictureReader,
): Promise<Split> {
  const count = names.length;
  checkCount(folder, count, shape);
  const [height = 0, width = 0, channels = 0] = shape;
  const size = height * width * channels;
  const inputs = new Float32Array(count * size);
  for (const [i, name] of names.entries()) {
    fitPicture(
      await reader.read(join(folder, PICTURES, name)),
      [height, width],
      inputs.subarray(i * size, (i + 1) * size),
    );
  }
  return { count, inputs, labels: new Int32Array(count) };
}
