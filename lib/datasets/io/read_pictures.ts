import { createHash } from "node:crypto";
import { basename } from "node:path";
import { DatasetError } from "../dataset_error.ts";
import { decodePicture, type Picture } from "../formats/picture.ts";
import { readContents } from "./read_contents.ts";

/** The most bytes of a picture's file. */
const MOST_BYTES = 1 << 24;

/** The most numbers of a split's inputs: 4 GiB of them. */
const MOST_NUMBERS = 1 << 30;

/** Reads pictures and remembers what it read. */
export interface PictureReader {
  /**
   * Reads and decodes a picture.
   *
   * @throws {DatasetError} If it is missing, too large or damaged.
   */
  read(path: string): Promise<Picture>;
  /** The folder's name, the number of files, and the SHA-256 of them all in order. */
  source(): string;
}

/** Makes a reader of a folder's pictures. */
export function pictureReader(folder: string): PictureReader {
  const hash = createHash("sha256");
  let files = 0;
  return {
    async read(path) {
      const { bytes, sha256 } = await readContents(path, {
        least: 1,
        most: MOST_BYTES,
      });
      hash.update(sha256);
      files++;
      return decodePicture(bytes, path);
    },
    source: () =>
      `${basename(folder)}: ${files} files sha256:${
        hash.copy().digest("hex").slice(0, 16)
      }`,
  };
}

/**
 * Refuses more examples than memory has room for.
 *
 * @param path What lists them, for errors.
 * @throws {DatasetError} If there are none or too many.
 */
export function checkCount(
  path: string,
  count: number,
  shape: readonly number[],
): void {
  const most = Math.floor(MOST_NUMBERS / shape.reduce((a, b) => a * b, 1));
  if (count >= 1 && count <= most) return;
  throw new DatasetError(
    `${path}: lists ${count} pictures, expected 1 to ${most}`,
  );
}
