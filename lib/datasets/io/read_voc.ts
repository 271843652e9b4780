import { join } from "node:path";
import { type Dataset, IGNORED_LABEL, type Split } from "../dataset.ts";
import type { FolderEntry } from "../dataset_entry.ts";
import { DatasetError } from "../dataset_error.ts";
import { fitIndices, fitPicture } from "../formats/fit_picture.ts";
import { fromEntry } from "../from_entry.ts";
import { readContents } from "./read_contents.ts";
import {
  checkCount,
  type PictureReader,
  pictureReader,
} from "./read_pictures.ts";

/**
 * Reads a folder that is laid out as Pascal VOC's: photographs in
 * `JPEGImages/NAME.jpg`, classes of pixels in `SegmentationClass/NAME.png`, and the
 * names in `ImageSets/Segmentation/train.txt` and `val.txt`, one a line.
 *
 * The largest piece in the middle of each picture that has the entry's proportions
 * is scaled to the entry's shape: colours by the mean of what a pixel covers,
 * classes by what is in its middle.
 *
 * @param entry The data set; its shape decides the size.
 * @param folder The path of its own folder, such as `…/VOC2012`.
 * @returns The data set; `val` is what is tested on. Its arrays belong to the caller.
 * @throws {DatasetError} If a file is missing, too large, or not what it should be.
 *
 * @example A folder without the files
 * ```ts
 * import { findEntry } from "../registry.ts";
 * import { readVoc } from "./read_voc.ts";
 * import { rejects } from "node:assert";
 *
 * const entry = findEntry("pascal-voc");
 * if (!("read" in entry)) throw new Error("not there");
 * await rejects(readVoc(entry, "/not/there"), /train.txt: is missing/);
 * ```
 *
 * Reference: M. Everingham et al., IJCV 88, 2010.
 */
export async function readVoc(
  entry: FolderEntry,
  folder: string,
): Promise<Dataset> {
  const reader = pictureReader(folder);
  const [height = 0, width = 0] = entry.shape;
  const train = await readSplit(entry, folder, "train", reader);
  const test = await readSplit(entry, folder, "val", reader);
  return fromEntry(entry, {
    labelShape: [height, width],
    train,
    test,
    source: reader.source(),
  });
}

async function readSplit(
  { shape, classNames }: FolderEntry,
  folder: string,
  list: string,
  reader: PictureReader,
): Promise<Split> {
  const listed = join(folder, "ImageSets", "Segmentation", `${list}.txt`);
  const names = await readNames(listed);
  const count = names.length;
  checkCount(listed, count, shape);
  const [height = 0, width = 0, channels = 0] = shape;
  const size = height * width;
  const inputs = new Float32Array(count * size * channels);
  const labels = new Int32Array(count * size);
  for (const [i, name] of names.entries()) {
    const picture = await reader.read(
      join(folder, "JPEGImages", `${name}.jpg`),
    );
    const path = join(folder, "SegmentationClass", `${name}.png`);
    const classes = await reader.read(path);
    if (classes.channels !== 1) {
      throw new DatasetError(`${path}: has colours, expected class indices`);
    }
    if (
      classes.height !== picture.height || classes.width !== picture.width
    ) {
      throw new DatasetError(
        `${path}: is ${classes.width} × ${classes.height}, the photograph is ${picture.width} × ${picture.height}`,
      );
    }
    const fault = classes.data.find((label) =>
      label >= classNames.length && label !== IGNORED_LABEL
    );
    if (fault !== undefined) {
      throw new DatasetError(
        `${path}: has class ${fault}, expected 0 to ${
          classNames.length - 1
        } or ${IGNORED_LABEL}`,
      );
    }
    const start = i * size;
    fitPicture(
      picture,
      [height, width],
      inputs.subarray(start * channels, (start + size) * channels),
    );
    fitIndices(classes, [height, width], labels.subarray(start, start + size));
  }
  return { count, inputs, labels };
}

/** The names that a list holds: they become parts of paths. */
async function readNames(path: string): Promise<string[]> {
  const { bytes } = await readContents(path, { least: 1, most: 1 << 20 });
  const names = new TextDecoder().decode(bytes).split(/\r?\n/)
    .map((line) => line.trim()).filter((line) => line !== "");
  const line = names.findIndex((name) => !/^\w[\w-]{0,63}$/.test(name));
  if (line < 0) return names;
  throw new DatasetError(
    `${path}: name ${line + 1} must be of letters, digits, _ and -, got ${
      JSON.stringify(names[line]!.slice(0, 40))
    }`,
  );
}
