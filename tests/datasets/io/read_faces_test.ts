/** Folders laid out as CelebA's. */
import { deepStrictEqual, ok, rejects } from "node:assert";
import type { FolderEntry } from "../../../lib/datasets/dataset_entry.ts";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { readFaces } from "../../../lib/datasets/io/read_faces.ts";
import { listDatasets, openDataset } from "../../../lib/datasets/mod.ts";
import { findEntry } from "../../../lib/datasets/registry.ts";
import { inFolder } from "../temporary_folder.ts";
import { jpeg, writeTree } from "./picture_folders.ts";

const entry = {
  ...findEntry("celeba") as FolderEntry,
  shape: [2, 2, 3],
  train: 3,
};

const PARTS = "list_eval_partition.txt";

/** Six pictures: two to train on, one to validate, two more to train on, one to test on. */
function faces(): Record<string, Uint8Array | string> {
  const names = [1, 2, 3, 4, 5, 6].map((n) => `00000${n}.jpg`);
  return {
    [PARTS]: names.map((name, i) => `${name} ${[0, 0, 1, 0, 0, 2][i]}`)
      .join("\r\n"),
    ...Object.fromEntries(
      names.map((name, i) => [
        `img_align_celeba/${name}`,
        // What is outside of the middle square is black.
        jpeg(
          16,
          32,
          (_, y) => y < 8 || y >= 24 ? [0, 0, 0] : [40 * i, 90, 200],
        ),
      ]),
    ),
  };
}

Deno.test("readFaces: the first pictures of each part, fitted", () =>
  inFolder(async (folder) => {
    await writeTree(folder, faces());
    const { train, test, classNames, kind } = await readFaces(entry, folder);
    deepStrictEqual([train.count, test.count], [3, 1]);
    deepStrictEqual([kind, classNames], ["classification", ["face"]]);
    deepStrictEqual([...train.labels], [0, 0, 0]);
    const red = [0, 1, 2].map((i) => 255 * train.inputs[12 * i]!);
    red.push(255 * test.inputs[0]!);
    [0, 40, 80, 200].forEach((byte, i) =>
      ok(Math.abs(red[i]! - byte) <= 3, `${red[i]}, not ${byte}`)
    );
  }));

Deno.test("openDataset: faces in a folder of data sets", () =>
  inFolder(async (directory) => {
    await rejects(
      openDataset("celeba-32", { directory, allowFetch: true }),
      /has no folder celeba or CelebA$/,
    );
    await writeTree(`${directory}/celeba`, { [PARTS]: "" });
    const listing = (await listDatasets({ directory })).find(({ name }) =>
      name === "celeba-32"
    )!;
    ok(/img_align_celeba: is missing/.test(listing.problem!));
    await writeTree(`${directory}/celeba`, faces());
    const { shape, train } = await openDataset("celeba-32", { directory });
    deepStrictEqual([shape, train.count], [[32, 32, 3], 5]);
  }));

Deno.test("readFaces: one line for each fault, which names the file", () =>
  inFolder(async (parent) => {
    let n = 0;
    const fault = async (
      changes: Record<string, Uint8Array | string>,
      message: RegExp,
    ) => {
      const folder = `${parent}/${n++}`;
      await writeTree(folder, { ...faces(), ...changes });
      await rejects(readFaces(entry, folder), (error) => {
        ok(error instanceof DatasetError, String(error));
        ok(error.message.startsWith(folder), error.message);
        ok(!error.message.includes("\n"), error.message);
        ok(message.test(error.message), error.message);
        return true;
      });
    };
    await fault({ [PARTS]: "" }, /has 0 bytes/);
    await fault({ [PARTS]: "000001.jpg 0\n" }, /lists no picture to test on/);
    await fault({ [PARTS]: "000001.jpg 2\n" }, /lists no picture to train on/);
    await fault(
      { [PARTS]: "000001.jpg 0\n../a.jpg 2\n" },
      /line 2: expected a picture and its part, .* got "..\/a.jpg 2"/,
    );
    await fault({ [PARTS]: "000001.jpg 3\n" }, /line 1: expected/);
    await fault(
      { [PARTS]: "000001.jpg 0\n999.jpg 2\n" },
      /999.jpg: is missing/,
    );
    await fault({ "img_align_celeba/000001.jpg": "no picture" }, /000001.jpg/);
  }));
