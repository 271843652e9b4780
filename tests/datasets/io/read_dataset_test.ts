import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { readDataset } from "../../../lib/datasets/io/read_dataset.ts";
import type { FileEntry } from "../../../lib/datasets/dataset_entry.ts";
import { fileEntry } from "../file_entry.ts";
import { inFolder } from "../temporary_folder.ts";

const SMALL_MNIST: FileEntry = {
  ...fileEntry("mnist"),
  shape: [2, 2, 1],
  train: 3,
  test: 2,
};

function idx(shape: number[], elements: number[]): Uint8Array {
  const header = shape.flatMap((length) => [0, 0, 0, length]);
  return Uint8Array.from([0, 0, 8, shape.length, ...header, ...elements]);
}

const FILES: Record<string, Uint8Array> = {
  "train-images-idx3-ubyte": idx([3, 2, 2], [
    0,
    51,
    102,
    153,
    204,
    255,
    0,
    0,
    0,
    0,
    0,
    0,
  ]),
  "train-labels-idx1-ubyte": idx([3], [7, 0, 9]),
  "t10k-images-idx3-ubyte": idx([2, 2, 2], [0, 0, 0, 0, 255, 255, 255, 255]),
  "t10k-labels-idx1-ubyte": idx([2], [1, 2]),
};

async function writeFiles(
  folder: string,
  files: Record<string, Uint8Array>,
): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    await Deno.writeFile(`${folder}/${name}`, bytes);
  }
}

const digest = (bytes: Uint8Array) =>
  createHash("sha256").update(bytes).digest("hex").slice(0, 16);

async function fault(
  entry: FileEntry,
  folder: string,
  message: RegExp,
): Promise<void> {
  await rejects(readDataset(entry, folder), (error) => {
    ok(error instanceof DatasetError, String(error));
    ok(message.test(error.message), error.message);
    ok(error.message.startsWith(folder), error.message);
    return true;
  });
}

Deno.test("readDataset: idx files, packed or not", () =>
  inFolder(async (folder) => {
    const { "t10k-images-idx3-ubyte": packed, ...plain } = FILES;
    await writeFiles(folder, {
      ...plain,
      "t10k-images-idx3-ubyte.gz": gzipSync(packed!),
    });
    const { train, test, source, ...rest } = await readDataset(
      SMALL_MNIST,
      folder,
    );
    deepStrictEqual(rest, {
      name: "mnist",
      kind: "classification",
      shape: [2, 2, 1],
      classes: 10,
      classNames: [..."0123456789"],
    });
    deepStrictEqual(train.labels, Int32Array.of(7, 0, 9));
    deepStrictEqual(
      train.inputs.subarray(0, 6),
      Float32Array.of(0, 0.2, 0.4, 0.6, 0.8, 1),
    );
    strictEqual(test.count, 2);
    deepStrictEqual(test.inputs, Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1));
    const name = folder.split("/").at(-1)!;
    strictEqual(
      source,
      `${name}: ` +
        Object.entries(FILES).map(([file, bytes]) =>
          `${file} sha256:${digest(bytes)} not as published`
        ).join(", "),
    );
  }));

Deno.test("readDataset: idx files with faults", () =>
  inFolder(async (folder) => {
    const broken = async (
      file: string,
      bytes: Uint8Array,
      message: RegExp,
    ) => {
      await writeFiles(folder, { ...FILES, [file]: bytes });
      await fault(SMALL_MNIST, folder, message);
    };
    await broken(
      "train-labels-idx1-ubyte",
      idx([3], [7, 0, 10]),
      /train-labels-idx1-ubyte: example 2 has label 10, expected 0 to 9/,
    );
    await broken(
      "train-labels-idx1-ubyte",
      idx([2], [7, 0]),
      /train-labels-idx1-ubyte: holds 2 elements, expected 3/,
    );
    await broken(
      "t10k-images-idx3-ubyte",
      idx([3, 2, 2], new Array(12).fill(0)),
      /t10k-images-idx3-ubyte: has 28 bytes, expected no more than 24/,
    );
    await broken(
      "t10k-images-idx3-ubyte",
      FILES["t10k-labels-idx1-ubyte"]!,
      /t10k-images-idx3-ubyte: has 10 bytes, too few/,
    );
    await broken(
      "train-images-idx3-ubyte",
      FILES["train-images-idx3-ubyte"]!.slice(0, -1),
      /train-images-idx3-ubyte: has 27 bytes, expected 28/,
    );
    await Deno.remove(`${folder}/train-images-idx3-ubyte`);
    await fault(
      SMALL_MNIST,
      folder,
      /train-images-idx3-ubyte: is missing, and so is train-images-idx3-ubyte\.gz/,
    );
    await Deno.mkdir(`${folder}/train-images-idx3-ubyte`);
    await fault(SMALL_MNIST, folder, /is a folder, expected a file/);
  }));

function cifarRecords(labels: number[][]): Uint8Array {
  return Uint8Array.from(labels.flatMap((label, i) => [
    ...label,
    ...new Array(3072).fill(i + 1),
  ]));
}

Deno.test("readDataset: the batches of CIFAR-10 one after the other", () =>
  inFolder(async (folder) => {
    const entry: FileEntry = {
      ...fileEntry("cifar-10"),
      train: 10,
      test: 1,
    };
    const batch = (...labels: number[]) =>
      cifarRecords(labels.map((label) => [label]));
    const good = {
      "data_batch_1.bin": batch(0, 1),
      "data_batch_2.bin": batch(2, 3),
      "data_batch_3.bin": batch(4, 5),
      "data_batch_4.bin": batch(6, 7),
      "data_batch_5.bin": batch(8, 9),
      "test_batch.bin": batch(9),
    };
    await writeFiles(folder, good);
    const { train, test } = await readDataset(entry, folder);
    deepStrictEqual([...train.labels], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    strictEqual(train.inputs[9 * 3072], Math.fround(2 / 255));
    deepStrictEqual([test.count, test.labels[0]], [1, 9]);
    await writeFiles(folder, { "data_batch_3.bin": batch(4) });
    await fault(
      entry,
      folder,
      /data_batch_3.bin: has 3073 bytes, expected 6146/,
    );
    await writeFiles(folder, { "data_batch_3.bin": batch(4, 11) });
    await fault(entry, folder, /data_batch_3.bin: example 1 has label 11/);
  }));

Deno.test("readDataset: a subset says that it is one", () =>
  inFolder(async (folder) => {
    const entry: FileEntry = {
      ...fileEntry("cifar-100-subset"),
      train: 10,
      test: 5,
    };
    await writeFiles(folder, {
      "train.bin": cifarRecords([[0, 5], [1, 99], [0, 7]]),
      "test.bin": cifarRecords([[0, 50]]),
    });
    const { train, test, source } = await readDataset(entry, folder);
    deepStrictEqual([...train.labels], [5, 99, 7]);
    strictEqual(train.inputs.length, 3 * 3072);
    strictEqual(test.count, 1);
    ok(
      / \(a subset: 3 of 10 training examples, 1 of 5 test examples\): train.bin sha256:[0-9a-f]{16}, test.bin/
        .test(source),
      source,
    );
    await writeFiles(folder, { "train.bin": new Uint8Array(3075) });
    await fault(entry, folder, /train.bin: has 3075 bytes, not a whole number/);
    await writeFiles(folder, { "train.bin": new Uint8Array(0) });
    await fault(
      entry,
      folder,
      /train.bin: has 0 bytes, expected no fewer than 3074/,
    );
  }));

Deno.test("readDataset: housing is divided the same way each time", () =>
  inFolder(async (folder) => {
    const entry: FileEntry = {
      ...fileEntry("boston-housing"),
      train: 8,
      test: 2,
    };
    const rows = Array.from(
      { length: 10 },
      (_, i) => `${`${i} `.repeat(13)}${i}`,
    );
    await Deno.writeTextFile(`${folder}/housing.data`, rows.join("\n"));
    const { train, test, classes } = await readDataset(entry, folder);
    deepStrictEqual([train.count, test.count, classes], [8, 2, 0]);
    deepStrictEqual(
      [...train.labels, ...test.labels].sort(),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    train.labels.forEach((label, i) =>
      strictEqual(train.inputs[13 * i], label)
    );
    deepStrictEqual((await readDataset(entry, folder)).test, test);
    await Deno.writeFile(
      `${folder}/housing.data`,
      Uint8Array.of(0xff, 0xfe, 0),
    );
    await fault(entry, folder, /housing.data: is not text/);
    rows[4] = rows[4]!.replace("4 ", "NaN ");
    await Deno.writeTextFile(`${folder}/housing.data`, rows.join("\n"));
    await fault(
      entry,
      folder,
      /line 5, column 1: expected a finite number, got "NaN"/,
    );
  }));
