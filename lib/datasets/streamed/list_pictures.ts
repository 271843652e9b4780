/**
 * Lists the pictures in a folder with a folder a class.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { DatasetError } from "../dataset_error.ts";
import { classesIn, namesIn } from "../io/class_folders.ts";

/** The pictures of one part of a data set. */
export interface PictureList {
  /** The names of the classes, in order. */
  readonly classNames: readonly string[];
  /** The class of each picture. */
  readonly labels: Int32Array;
  /** The path of a picture. */
  path(index: number): string;
  /** The folder's name, how many there are, and the SHA-256 of their names. */
  readonly source: string;
}

/** What a picture's name ends with. */
const PICTURE = /\.(?:jpe?g|png)$/i;

/**
 * Lists the pictures of all classes, in the order of classes and names. The files are
 * not opened.
 *
 * @throws {DatasetError} If there are none, or something else is in there.
 */
export async function listPictures(folder: string): Promise<PictureList> {
  const classNames = await classesIn(folder);
  const hash = createHash("sha256");
  const names: string[] = [];
  const counts: number[] = [];
  for (const className of classNames) {
    const own = await namesIn(join(folder, className));
    for (const name of own) {
      if (!PICTURE.test(name)) {
        throw new DatasetError(
          `${
            join(folder, className, name)
          }: is not named as a picture, expected .jpg, .jpeg or .png`,
        );
      }
      hash.update(`${className}/${name}\n`);
      names.push(name);
    }
    counts.push(own.length);
  }
  if (names.length === 0) throw new DatasetError(`${folder}: has no pictures`);
  const labels = new Int32Array(names.length);
  let at = 0;
  counts.forEach((count, label) => labels.fill(label, at, at += count));
  return {
    classNames,
    labels,
    path: (index) => join(folder, classNames[labels[index]!]!, names[index]!),
    source: `${basename(folder)}: ${names.length} pictures names sha256:${
      hash.digest("hex").slice(0, 16)
    }`,
  };
}
