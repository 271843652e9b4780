/**
 * Examples from a folder of pictures: a folder a class.
 *
 * @module
 */
import { join } from "node:path";
import type { Split } from "../dataset.ts";
import { DatasetError } from "../dataset_error.ts";
import {
  decodePicture,
  type Picture,
  refusePalette,
} from "../formats/picture.ts";
import { scalePixels } from "../formats/pixels.ts";
import { classesIn, namesIn } from "../io/class_folders.ts";
import { readContents } from "../io/read_contents.ts";
import { MOST_NUMBERS, type OwnData, type OwnDataOptions } from "./examples.ts";
import { readFitted } from "./fitted_images.ts";

/** The folders that may hold what is tested on. */
const TEST_FOLDERS = ["test", "val", "validation"];

/** The most bytes of a picture's file. */
const LARGEST_FILE = 2 ** 26;

/** Reads a picture; opacity is left out. */
async function readPicture(path: string): Promise<Picture> {
  const { bytes } = await readContents(path, { least: 1, most: LARGEST_FILE });
  refusePalette(bytes, path);
  const picture = decodePicture(bytes, path);
  const { channels, data } = picture;
  if (channels === 1 || channels === 3) return picture;
  const kept = channels - 1;
  const opaque = new Uint8Array(data.length / channels * kept);
  for (let i = 0, j = 0; j < opaque.length; i += channels) {
    for (let c = 0; c < kept; c++) opaque[j++] = data[i + c]!;
  }
  return { ...picture, channels: kept, data: opaque };
}

/** Reads the pictures of all classes. */
async function readSplit(
  folder: string,
  classNames: readonly string[],
  expected?: readonly number[],
): Promise<{ split: Split; shape: number[] }> {
  const paths = (await Promise.all(classNames.map(async (name, label) => {
    const files = await namesIn(join(folder, name));
    return files.map((file) => ({ path: join(folder, name, file), label }));
  }))).flat();
  let shape = expected;
  let inputs = new Float32Array();
  for (const [i, { path }] of paths.entries()) {
    const { height, width, channels, data } = await readPicture(path);
    const own = [height, width, channels];
    if (shape === undefined || i === 0) {
      shape ??= own;
      if (paths.length * data.length > MOST_NUMBERS) {
        throw new DatasetError(
          `${folder}: ${paths.length} pictures of ${
            own.join(" × ")
          } are more than ${MOST_NUMBERS} numbers: make them smaller, or name a size to cut them to`,
        );
      }
      inputs = new Float32Array(paths.length * data.length);
    }
    if (`${own}` !== `${shape}`) {
      throw new DatasetError(
        `${path}: has ${own.join(" × ")} numbers, expected ${
          shape.join(" × ")
        } as the pictures before it: make them of one size, or name a size to cut all to`,
      );
    }
    inputs.set(scalePixels(data), i * data.length);
  }
  if (shape === undefined || paths.length === 0) {
    throw new DatasetError(`${folder}: has no pictures`);
  }
  const labels = Int32Array.from(paths, ({ label }) => label);
  return { split: { count: paths.length, inputs, labels }, shape: [...shape] };
}

/**
 * Reads a folder with a folder a class, named after it, in which there are PNG and
 * JPEG pictures: of one size, unless they are cut to one. If there is a folder `train`, the classes are in there,
 * and `test` (or `val`, or `validation`), if there is one, has pictures to test on.
 *
 * @throws {DatasetError} If there are no pictures, or one is damaged or of another
 * size.
 */
export async function readImages(
  folder: string,
  options: OwnDataOptions = {},
): Promise<Omit<OwnData, "name">> {
  const { size } = options;
  const read = (
    part: string,
    classNames: readonly string[],
    expected?: readonly number[],
  ) =>
    size === undefined
      ? readSplit(part, classNames, expected)
      : readFitted(part, { ...options, size });
  const names = await namesIn(folder);
  const hasTrain = names.includes("train");
  const trainFolder = hasTrain ? join(folder, "train") : folder;
  const classNames = await classesIn(trainFolder);
  const { split, shape } = await read(trainFolder, classNames);
  const data = {
    kind: "classification" as const,
    shape,
    classes: classNames.length,
    classNames,
    train: split,
  };
  const testName = TEST_FOLDERS.find((name) => names.includes(name));
  if (!hasTrain || testName === undefined) return data;
  const testFolder = join(folder, testName);
  const found = await classesIn(testFolder);
  if (`${found}` !== `${classNames}`) {
    throw new DatasetError(
      `${testFolder}: has the classes ${
        found.join(", ").slice(0, 100)
      }, expected ${classNames.join(", ").slice(0, 100)}`,
    );
  }
  const test = await read(testFolder, classNames, shape);
  return { ...data, test: test.split };
}
