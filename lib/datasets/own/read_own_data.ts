/**
 * One's own data, by the form of the file.
 *
 * @module
 */
import { basename, extname } from "node:path";
import { DatasetError } from "../dataset_error.ts";
import { explainReadError, readContents } from "../io/read_contents.ts";
import { readCifar, readIdx } from "./bytes.ts";
import { decodeText } from "../formats/decode_text.ts";
import { readCsv } from "./csv.ts";
import type { OwnData, OwnDataOptions } from "./examples.ts";
import { readImages } from "./images.ts";
import { readNpz } from "./npz.ts";

/** The most bytes of a CSV file. */
const LARGEST_CSV = 2 ** 29;

async function readTable(path: string, options: OwnDataOptions) {
  const { bytes } = await readContents(path, { least: 1, most: LARGEST_CSV });
  return readCsv(decodeText(bytes, path), path, options);
}

/** Reads a file by its name. */
async function read(
  path: string,
  options: OwnDataOptions,
): Promise<Omit<OwnData, "name">> {
  const info = await Deno.stat(path);
  if (info.isDirectory) return await readImages(path, options);
  if (options.size !== undefined) {
    throw new DatasetError(
      `${path}: is a file, and a size is of folders of pictures: leave it out`,
    );
  }
  const name = basename(path).replace(/\.gz$/i, "");
  if (/ubyte$|\.idx\d?$/i.test(name)) return await readIdx(path, options);
  switch (extname(name).toLowerCase()) {
    case ".npz":
      return await readNpz(path, options);
    case ".csv":
      return await readTable(path, options);
    case ".bin":
      return await readCifar(path);
    case ".pkl":
    case ".pickle":
      throw new DatasetError(
        `${path}: is a pickle, which is code and never run: save .npz`,
      );
  }
  throw new DatasetError(
    `${path}: expected .npz, .csv, idx (…-ubyte), CIFAR's .bin or a folder of pictures`,
  );
}

/**
 * Reads one's own data: `.npz` (arrays `x` and `y`), CSV (numbers, and a column of
 * labels), idx, CIFAR's binary form, or a folder with a folder of pictures a class.
 *
 * Files are not trusted: sizes are bounded, nothing in them is run, and inputs that
 * are not finite are refused. Bytes are pixels, scaled to [0, 1].
 *
 * @param path The file or folder.
 * @param options What the file does not say itself.
 * @returns The examples; the arrays belong to the caller.
 * @throws {DatasetError} If it is missing, damaged or not read: one line that names
 * the file and its fault.
 *
 * @example Two flowers
 * ```ts
 * import { readOwnData } from "./read_own_data.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const path = await Deno.makeTempFile({ suffix: ".csv" });
 * await Deno.writeTextFile(path, "length,width,species\n5.1,3.5,setosa\n7,3.2,versicolor\n");
 * const flowers = await readOwnData(path);
 * deepStrictEqual(flowers.classNames, ["setosa", "versicolor"]);
 * deepStrictEqual(flowers.shape, [2]);
 * strictEqual(flowers.train.count, 2);
 * await Deno.remove(path);
 * ```
 */
export async function readOwnData(
  path: string,
  options: OwnDataOptions = {},
): Promise<OwnData> {
  try {
    return { name: basename(path), ...await read(path, options) };
  } catch (error) {
    const explained = explainReadError(error, path);
    if (explained instanceof DatasetError) throw explained;
    const { message } = error as Error;
    throw new DatasetError(
      message.includes(path) ? message : `${path}: ${message}`,
      { cause: error },
    );
  }
}
