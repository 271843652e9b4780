/** Folders laid out as Pascal VOC's. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { openDataset } from "../../../lib/datasets/open_dataset.ts";
import { listDatasets } from "../../../lib/datasets/list_datasets.ts";
import { readVoc } from "../../../lib/datasets/io/read_voc.ts";
import type { FolderEntry } from "../../../lib/datasets/dataset_entry.ts";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { findEntry } from "../../../lib/datasets/registry.ts";
import { inFolder } from "../temporary_folder.ts";
import { indexed, jpeg, vocFiles, writeTree } from "./picture_folders.ts";

const entry = { ...findEntry("pascal-voc") as FolderEntry, shape: [4, 4, 3] };

Deno.test("readVoc: pictures and the classes of their pixels", () =>
  inFolder(async (folder) => {
    await writeTree(folder, vocFiles());
    const { train, test, labelShape, classes, source, kind } = await readVoc(
      entry,
      folder,
    );
    deepStrictEqual([train.count, test.count], [2, 1]);
    deepStrictEqual(labelShape, [4, 4]);
    strictEqual(classes, 21);
    strictEqual(kind, "segmentation");
    // The middle 8 × 8 of 16 × 8 pixels: the classes change in its middle.
    deepStrictEqual(
      [...train.labels.subarray(16)],
      Array(4).fill([0, 0, 2, 2]).flat(),
    );
    deepStrictEqual([...test.labels.subarray(0, 4)], [0, 0, 3, 3]);
    strictEqual(train.inputs.length, 2 * 4 * 4 * 3);
    const [red, green, blue] = train.inputs.subarray(48);
    for (const [value, byte] of [[red, 40], [green, 100], [blue, 200]]) {
      ok(Math.abs(255 * value! - byte!) <= 2, `${255 * value!}, not ${byte}`);
    }
    ok(
      /^slope-datasets-\w+: 6 files sha256:[0-9a-f]{16}$/.test(source),
      source,
    );
  }));

Deno.test("openDataset: Pascal VOC in a folder of data sets, or nowhere", () =>
  inFolder(async (folder) => {
    await rejects(
      openDataset("pascal-voc-48", { directory: folder, allowFetch: true }),
      /^DatasetError: pascal-voc-48: .* has no folder VOC2012 or VOCdevkit\/VOC2012$/,
    );
    await rejects(
      openDataset("pascal-voc-48", { directory: "" }),
      /no folder of data sets was named/,
    );
    const listed = async () =>
      (await listDatasets({ directory: folder })).find(({ name }) =>
        name === "pascal-voc-48"
      )!;
    strictEqual((await listed()).ready, false);
    await Deno.mkdir(`${folder}/VOCdevkit/VOC2012`, { recursive: true });
    ok(/ImageSets\/Segmentation: is missing/.test((await listed()).problem!));
    await writeTree(`${folder}/VOCdevkit/VOC2012`, vocFiles());
    strictEqual((await listed()).ready, true);
    const { train, shape } = await openDataset("pascal-voc-48", {
      directory: folder,
    });
    deepStrictEqual(shape, [48, 48, 3]);
    strictEqual(train.labels.length, 2 * 48 * 48);
  }));

Deno.test("readVoc: one line for each fault, which names the file", () =>
  inFolder(async (parent) => {
    let n = 0;
    const fault = async (
      changes: Record<string, Uint8Array | string>,
      message: RegExp,
    ) => {
      const folder = `${parent}/${n++}`;
      await writeTree(folder, { ...vocFiles(), ...changes });
      await rejects(readVoc(entry, folder), (error) => {
        ok(error instanceof DatasetError, String(error));
        ok(error.message.startsWith(folder), error.message);
        ok(!error.message.includes("\n"), error.message);
        ok(message.test(error.message), error.message);
        return true;
      });
    };
    const list = "ImageSets/Segmentation/train.txt";
    const label = "SegmentationClass/2007_000032.png";
    await fault(
      { [list]: "2007_000032\nnot_there\n" },
      /not_there.jpg: is missing/,
    );
    await fault({ [list]: "../../etc/passwd\n" }, /name 1 must be of letters/);
    await fault({ [list]: "\n" }, /lists 0 pictures, expected 1 to/);
    await fault(
      { [label]: indexed(16, 8, () => 21) },
      /has class 21, expected 0 to 20 or 255/,
    );
    await fault(
      { [label]: indexed(8, 8, () => 0) },
      /is 8 × 8, the photograph is 16 × 8/,
    );
    await fault(
      { [label]: jpeg(16, 8, () => [0, 0, 0]) },
      /has colours, expected class indices/,
    );
    await fault({ [label]: "text" }, /neither a PNG nor a JPEG/);
  }));
