import { basename, normalize } from "node:path";
import { Purpose, randomStream } from "../../random/stream.ts";
import type { Dataset, Split } from "../dataset.ts";
import { DatasetError } from "../dataset_error.ts";
import { cifarRecordBytes, parseCifar } from "../formats/cifar.ts";
import { decodeText } from "../formats/decode_text.ts";
import { parseHousing } from "../formats/housing.ts";
import { idxBytes, parseIdx } from "../formats/idx.ts";
import { checkLabel } from "../formats/labels.ts";
import { scalePixels } from "../formats/pixels.ts";
import { fromEntry } from "../from_entry.ts";
import { takeExamples } from "../take_examples.ts";
import { MANIFEST } from "../manifest.ts";
import type { FileEntry, Format } from "../dataset_entry.ts";
import { locateFile } from "./locate.ts";
import { readContents, type SizeLimits } from "./read_contents.ts";

/** Reads a file of the folder: its path, for errors, and its unpacked bytes. */
type Read = (
  file: string,
  limits: SizeLimits,
) => Promise<{ path: string; bytes: Uint8Array }>;

/** Reads the two splits of a data set. */
type Reader = (
  entry: FileEntry,
  read: Read,
) => Promise<{ train: Split; test: Split }>;

const READERS: Record<Format, Reader> = {
  idx: async (entry, read) => ({
    train: await readIdx(entry, entry.files.train, entry.train, read),
    test: await readIdx(entry, entry.files.test, entry.test, read),
  }),
  cifar: async (entry, read) => ({
    train: await readCifar(entry, entry.files.train, entry.train, read),
    test: await readCifar(entry, entry.files.test, entry.test, read),
  }),
  housing: readHousing,
};

/**
 * Reads a data set from its folder.
 *
 * Images are scaled to [0, 1] and channels stand last. At no time is more in
 * memory than the result and one file.
 *
 * @param entry The data set.
 * @param folder The path of its own folder.
 * @param strict Whether every file must have the published SHA-256; otherwise
 * {@linkcode Dataset.source} tells which have not. @default {false}
 * @returns The data set; its arrays belong to the caller.
 * @throws {DatasetError} If a file is missing or is not what it should be.
 *
 * @example A folder without the files
 * ```ts
 * import { readDataset } from "./read_dataset.ts";
 * import { findEntry } from "../registry.ts";
 * import { rejects } from "node:assert";
 *
 * const entry = findEntry("cifar-10");
 * if (!("files" in entry)) throw new Error("not there");
 * await rejects(readDataset(entry, "/not/there"), /data_batch_1.bin: is missing/);
 * ```
 */
export async function readDataset(
  entry: FileEntry,
  folder: string,
  strict: boolean = false,
): Promise<Dataset> {
  const published = MANIFEST[entry.name];
  const checksums: string[] = [];
  const read: Read = async (file, limits) => {
    const path = await locateFile(folder, file);
    const { bytes, sha256 } = await readContents(path, limits);
    const known = published?.contents[file]?.sha256;
    if (strict && known !== sha256) {
      throw new DatasetError(
        `${path}: has SHA-256 ${sha256}, the published file has ${known}; ` +
          "delete it to have it fetched again",
      );
    }
    const verdict = known === undefined
      ? ""
      : known === sha256
      ? " as published"
      : " not as published";
    checksums.push(`${file} sha256:${sha256.slice(0, 16)}${verdict}`);
    return { path, bytes };
  };
  // The name as in the registry, such as MNIST/raw, which tells more than raw.
  const name = entry.files.folders.find((name) =>
    folder.endsWith(normalize(`/${name}`))
  );
  const { train, test } = await READERS[entry.files.format](entry, read);
  const part = entry.files.subset
    ? ` (a subset: ${train.count} of ${entry.train} training examples, ` +
      `${test.count} of ${entry.test} test examples)`
    : "";
  return fromEntry(entry, {
    train,
    test,
    source: `${name ?? basename(folder)}${part}: ${checksums.join(", ")}`,
  });
}

async function readIdx(
  entry: FileEntry,
  [images, labels]: readonly string[],
  count: number,
  read: Read,
): Promise<Split> {
  const array = async (file: string, shape: number[]) => {
    const size = idxBytes(shape);
    const { path, bytes } = await read(file, { least: 0, most: size });
    return { path, elements: parseIdx(bytes, path, shape) };
  };
  const [height = 0, width = 0] = entry.shape;
  const pixels = await array(images!, [count, height, width]);
  const classes = await array(labels!, [count]);
  return {
    count,
    inputs: scalePixels(pixels.elements),
    labels: Int32Array.from(
      classes.elements,
      (label, i) => checkLabel(label, entry.classNames.length, classes.path, i),
    ),
  };
}

async function readCifar(
  entry: FileEntry,
  files: readonly string[],
  count: number,
  read: Read,
): Promise<Split> {
  const classes = entry.classNames.length;
  const labelBytes = classes === 100 ? 2 : 1;
  const record = cifarRecordBytes(labelBytes);
  const size = count / files.length * record;
  const target = {
    inputs: new Float32Array(count * (record - labelBytes)),
    labels: new Int32Array(count),
  };
  let first = 0;
  for (const file of files) {
    const least = entry.files.subset ? record : size;
    const { path, bytes } = await read(file, { least, most: size });
    first += parseCifar(bytes, path, { ...target, labelBytes, classes, first });
  }
  // Of a subset, only what was read; its memory was never touched beyond that.
  return {
    count: first,
    inputs: first === count
      ? target.inputs
      : target.inputs.slice(0, first * (record - labelBytes)),
    labels: target.labels.slice(0, first),
  };
}

/**
 * The rows have no published division and are ordered by town, so a fixed
 * random one is made, of the usual sizes.
 */
async function readHousing(
  entry: FileEntry,
  read: Read,
): Promise<{ train: Split; test: Split }> {
  const count = entry.train + entry.test;
  const { path, bytes } = await read(entry.files.train[0]!, {
    least: 1,
    most: 1 << 18,
  });
  const all = { count, ...parseHousing(decodeText(bytes, path), path, count) };
  const order = randomStream(0, Purpose.split).permutation(count);
  return {
    train: takeExamples(all, order.subarray(0, entry.train)),
    test: takeExamples(all, order.subarray(entry.train)),
  };
}
