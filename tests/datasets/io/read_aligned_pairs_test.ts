/** Folders of aligned pairs. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { readAlignedPairs } from "../../../lib/datasets/io/read_aligned_pairs.ts";
import { openDataset } from "../../../lib/datasets/open_dataset.ts";
import type { FolderEntry } from "../../../lib/datasets/dataset_entry.ts";
import { findEntry } from "../../../lib/datasets/registry.ts";
import { inFolder } from "../temporary_folder.ts";
import { jpeg, writeTree } from "./picture_folders.ts";

const entry = { ...findEntry("maps") as FolderEntry, shape: [4, 4, 3] };

/** Pairs whose number is the red of A, and ten more the red of B. */
function pairFiles(): Record<string, Uint8Array | string> {
  const pair = (n: number) =>
    jpeg(32, 16, (x) => [20 * n + (x < 16 ? 0 : 100), 0, 0]);
  return {
    "train/2.jpg": pair(2),
    "train/10.jpg": pair(3),
    "train/1.jpg": pair(1),
    "train/.DS_Store": "no picture",
    "val/1.jpg": pair(4),
  };
}

const reds = (values: ArrayLike<number>) =>
  Array.from(
    { length: values.length / 48 },
    (_, i) => Math.round(255 * values[48 * i]! / 10) * 10,
  );

Deno.test("readAlignedPairs: A and B, in the order of their numbers", () =>
  inFolder(async (folder) => {
    await writeTree(folder, pairFiles());
    const { train, test, source, labelShape } = await readAlignedPairs("A")(
      entry,
      folder,
    );
    deepStrictEqual(labelShape, [4, 4, 3]);
    deepStrictEqual(reds(train.inputs), [20, 40, 60]);
    deepStrictEqual(reds(train.labels), [120, 140, 160]);
    deepStrictEqual(reds(test.inputs), [80]);
    ok(source.endsWith(", A to B"), source);
    const back = await readAlignedPairs("B")(entry, folder);
    deepStrictEqual(back.train.inputs, train.labels);
    deepStrictEqual(back.train.labels, train.inputs);
  }));

Deno.test("readAlignedPairs: what is missing or of no pairs", () =>
  inFolder(async (folder) => {
    const read = () => readAlignedPairs("A")(entry, folder);
    await rejects(read(), /DatasetError: .*train: is missing$/);
    await Deno.mkdir(`${folder}/train`);
    await rejects(read(), /train: lists 0 pictures, expected 1 to/);
    await writeTree(folder, { "train/1.jpg": jpeg(9, 4, () => [0, 0, 0]) });
    await rejects(
      read(),
      /1.jpg: must be two pictures side by side, got a width of 9$/,
    );
  }));

Deno.test("openDataset: maps and cityscapes go opposite ways", () =>
  inFolder(async (folder) => {
    for (const name of ["maps", "cityscapes"]) {
      await writeTree(`${folder}/${name}`, pairFiles());
    }
    const open = (name: string) => openDataset(name, { directory: folder });
    const maps = await open("maps-64"),
      cityscapes = await open("cityscapes-64");
    strictEqual(maps.kind, "translation");
    deepStrictEqual(maps.train.inputs, cityscapes.train.labels);
  }));
