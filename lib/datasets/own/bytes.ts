/**
 * Examples from idx and CIFAR files.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { DatasetError } from "../dataset_error.ts";
import { cifarRecordBytes, parseCifar } from "../formats/cifar.ts";
import { parseIdx } from "../formats/idx.ts";
import { scalePixels } from "../formats/pixels.ts";
import { readContents } from "../io/read_contents.ts";
import {
  labelsOf,
  MOST_NUMBERS,
  type OwnData,
  type OwnDataOptions,
} from "./examples.ts";

/** The bytes of an idx file and the shape that its header claims. */
async function readIdxFile(path: string) {
  const most = MOST_NUMBERS + 100;
  const { bytes } = await readContents(path, { least: 4, most });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const axes = bytes[3]!;
  if (view.getUint16(0) !== 0 || axes < 1 || bytes.length < 4 + 4 * axes) {
    throw new DatasetError(`${path}: is not an idx file`);
  }
  const shape = Array.from(
    { length: axes },
    (_, i) => view.getUint32(4 + 4 * i),
  );
  return { shape, elements: parseIdx(bytes, path, shape) };
}

/** Where the labels of images are, by the names of MNIST's files. */
function labelsBeside(path: string): string {
  const name = basename(path);
  const labels = name.replace("images", "labels").replace("idx3", "idx1");
  if (labels !== name) return join(dirname(path), labels);
  throw new DatasetError(
    `${path}: name the file of its labels, for it is not called images`,
  );
}

/**
 * Reads idx: a file of bytes, scaled to [0, 1], and one of labels beside it.
 *
 * @throws {DatasetError} If one is damaged, or they do not match.
 */
export async function readIdx(
  path: string,
  { labels: given, kind }: OwnDataOptions,
): Promise<Omit<OwnData, "name">> {
  const images = await readIdxFile(path);
  const labelsPath = given ?? labelsBeside(path);
  const classes = await readIdxFile(labelsPath);
  const [count = 0, ...rest] = images.shape;
  if (count === 0 || `${classes.shape}` !== `${count}`) {
    throw new DatasetError(
      `${labelsPath}: has the shape [${classes.shape}], expected [${count}] labels`,
    );
  }
  const { labels, ...facts } = labelsOf(classes.elements, kind, labelsPath);
  return {
    ...facts,
    // Images without channels have one.
    shape: rest.length === 2 ? [...rest, 1] : rest.length === 0 ? [1] : rest,
    train: { count, inputs: scalePixels(images.elements), labels },
  };
}

/**
 * Reads a CIFAR file, binary version: of CIFAR-10, or of CIFAR-100 if its size says
 * so.
 *
 * @throws {DatasetError} If it is damaged.
 */
export async function readCifar(path: string): Promise<Omit<OwnData, "name">> {
  const { bytes } = await readContents(path, {
    least: cifarRecordBytes(1),
    most: MOST_NUMBERS,
  });
  const labelBytes = bytes.length % cifarRecordBytes(1) === 0 ? 1 : 2;
  const classes = labelBytes === 1 ? 10 : 100;
  const count = Math.floor(bytes.length / cifarRecordBytes(labelBytes));
  const train = {
    count,
    inputs: new Float32Array(count * 3072),
    labels: new Int32Array(count),
  };
  parseCifar(bytes, path, { ...train, labelBytes, classes, first: 0 });
  return {
    kind: "classification",
    shape: [32, 32, 3],
    classes,
    classNames: Array.from({ length: classes }, (_, i) => String(i)),
    train,
  };
}
