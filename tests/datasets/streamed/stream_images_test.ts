/** Folders of pictures that are read while they are trained on. */
import { deepStrictEqual, notDeepStrictEqual, ok, rejects } from "node:assert";
import { strictEqual } from "node:assert";
import { streamImages } from "../../../lib/datasets/streamed/stream_images.ts";
import {
  areaOf,
  mirrorInPlace,
  randomPieces,
} from "../../../lib/datasets/streamed/piece.ts";
import {
  streamedHoldOut,
  streamedSubset,
} from "../../../lib/datasets/streamed/streamed_split.ts";
import { standardise } from "../../../lib/datasets/standardise.ts";
import { channelStatistics } from "../../../lib/datasets/channel_statistics.ts";
import { readOwnData } from "../../../lib/datasets/own/read_own_data.ts";
import { subset } from "../../../lib/datasets/subset.ts";
import { holdOut } from "../../../lib/datasets/hold_out.ts";
import { jpeg, writeTree } from "../io/picture_folders.ts";
import { inFolder } from "../temporary_folder.ts";
import { classNames, writePictures } from "./picture_set.ts";

const size = 6;

Deno.test("pictures of the size wanted are those of the reader into memory", () =>
  inFolder(async (folder) => {
    await writePictures(folder, { train: 4, val: 2 }, () => [size, size]);
    const data = await streamImages(folder, { size, shorterSide: size });
    const { train, classNames: names } = await readOwnData(`${folder}/train`);
    const { train: test } = await readOwnData(`${folder}/val`);
    deepStrictEqual(data.classNames, classNames);
    deepStrictEqual(names, classNames);
    deepStrictEqual(data.train.labels, train.labels);
    const statistics = channelStatistics(train, data.shape);
    for (
      const [split, own] of [[data.train, train], [data.test, test]] as const
    ) {
      const all = Array.from({ length: split.count }, (_, i) => i);
      const { inputs } = standardise(own, statistics);
      deepStrictEqual(await split.read(all), inputs);
      const some = [3, 0, 3];
      deepStrictEqual(
        await split.read(some),
        Float32Array.from(
          some.flatMap((i) => [
            ...inputs.subarray(i * 3 * size ** 2, (i + 1) * 3 * size ** 2),
          ]),
        ),
      );
    }
    data.dispose();
  }));

Deno.test("the middle of a picture, its shorter side scaled, is what is tested on", () =>
  inFolder(async (folder) => {
    // 16 rows of 24 columns become 8 of 12; in the middle are 4 × 4, columns 4 to 7.
    const column = (x: number) => 10 * Math.floor(x / 2);
    const picture = jpeg(24, 16, (x) => [column(x), column(x), column(x)]);
    await writeTree(folder, {
      "train/a/1.JPEG": picture,
      "val/a/1.JPEG": picture,
    });
    const data = await streamImages(folder, { size: 4, shorterSide: 8 });
    const inputs = await data.test.read([0]);
    const row = Array.from({ length: 4 }, (_, x) => inputs[3 * x]!);
    // Standardised by themselves: 4, 5, 6, 7 are ±1.342 and ±0.447 deviations off.
    row.forEach((value, x) =>
      ok(Math.abs(value - [-1.342, -0.447, 0.447, 1.342][x]!) < 0.05, `${row}`)
    );
    data.dispose();
  }));

Deno.test("random pieces depend on seed and batch alone, and cover the picture", () => {
  const at = (seed: number, step: number) =>
    randomPieces(400, 224, [256, 480], { seed, step });
  deepStrictEqual(at(1, 2), at(1, 2));
  notDeepStrictEqual(at(1, 2), at(1, 3));
  notDeepStrictEqual(at(1, 2), at(2, 2));
  const picture = { height: 300, width: 500 };
  const sides = at(0, 0).map((piece) => {
    const area = areaOf(piece, picture);
    ok(area.top >= 0 && area.top + area.height <= 300);
    ok(area.left >= 0 && area.left + area.width <= 500);
    return area.height;
  });
  // 224 of 480 and of 256 rows, in rows of the picture.
  ok(Math.min(...sides) >= 140 && Math.min(...sides) < 145);
  ok(Math.max(...sides) <= 263 && Math.max(...sides) > 250);
  const mirrored = at(0, 0).filter((piece) => piece.mirrored).length;
  ok(mirrored > 150 && mirrored < 250, String(mirrored));
});

Deno.test("mirrored rows end where they began", () => {
  const image = Float32Array.from({ length: 12 }, (_, i) => i);
  mirrorInPlace(image, 2);
  deepStrictEqual([...image], [3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8]);
});

Deno.test("draws change what is trained on, not what is tested on or kept whole", () =>
  inFolder(async (folder) => {
    await writePictures(folder, { train: 2, val: 1 }, (i) => [12 + i, 15]);
    const draw = { seed: 1, step: 4 };
    const random = await streamImages(folder, { size, threads: 2 });
    const fixed = await streamImages(folder, { size, augment: false });
    const middle = await random.train.read([0, 1]);
    const drawn = await random.train.read([0, 1], draw);
    notDeepStrictEqual(drawn, middle);
    deepStrictEqual(await random.train.read([0, 1], draw), drawn);
    deepStrictEqual(await fixed.train.read([0, 1], draw), middle);
    ok(random.name.includes("random pieces"));
    ok(!fixed.name.includes("random pieces"));
    random.dispose();
    fixed.dispose();
  }));

Deno.test("parts of a streamed split are those of the same split in memory", () =>
  inFolder(async (folder) => {
    await writePictures(folder, { train: 6, val: 1 }, () => [size, size]);
    const data = await streamImages(folder, { size, shorterSide: size });
    const all = Array.from({ length: data.train.count }, (_, i) => i);
    const whole = {
      count: data.train.count,
      inputs: await data.train.read(all),
      labels: data.train.labels,
    };
    const [rest, held] = streamedHoldOut(data.train, 5, 7);
    const expected = holdOut(whole, 5, 7);
    for (
      const [part, own] of [
        [streamedSubset(data.train, 7, 3), subset(whole, 7, 3)],
        [rest, expected[0]],
        [held, expected[1]],
      ] as const
    ) {
      const numbers = Array.from({ length: part.count }, (_, i) => i);
      strictEqual(part.count, own.count);
      deepStrictEqual(part.labels, own.labels);
      deepStrictEqual(await part.read(numbers), own.inputs);
    }
    data.dispose();
  }));

Deno.test("what is wrong with a folder is one line with the file's name", () =>
  inFolder(async (folder) => {
    const png = jpeg(size, size, () => [0, 0, 0]);
    const cases: [string, Record<string, Uint8Array | string>, RegExp][] = [
      ["none", { "a/1.jpg": png }, /none: expected the folders train and val/],
      ["half", { "train/a/1.jpg": png }, /half: expected the folders train/],
      [
        "classes",
        { "train/a/1.jpg": png, "val/b/1.jpg": png },
        /the class "a" is in one of train and val only/,
      ],
      [
        "notes",
        { "train/a/1.txt": "x", "val/a/1.jpg": png },
        /1\.txt: is not named as a picture/,
      ],
      [
        "damaged",
        { "train/a/1.jpg": "no picture", "val/a/1.jpg": png },
        /1\.jpg: is neither a PNG nor a JPEG picture/,
      ],
      [
        "file",
        { "train/1.jpg": png, "val/a/1.jpg": png },
        /1\.jpg: is a file, expected folders/,
      ],
    ];
    for (const [name, files, message] of cases) {
      await writeTree(`${folder}/${name}`, files);
      await rejects(streamImages(`${folder}/${name}`, { size }), message);
    }
    await rejects(streamImages(folder, { size: 0 }), /size must be/);
    await rejects(
      streamImages(folder, { size: 8, shorterSide: 7 }),
      /shorterSide must be ≥ size \(8\)/,
    );
  }));

Deno.test("a picture that is gone, or data that were disposed, are told of", () =>
  inFolder(async (folder) => {
    await writePictures(folder, { train: 2, val: 1 }, () => [size, size]);
    const data = await streamImages(folder, { size });
    await Deno.remove(`${folder}/train/n02/001.png`);
    await rejects(data.train.read([0, 3]), /n02\/001\.png: is missing/);
    strictEqual((await data.train.read([0])).length, 3 * size ** 2);
    await rejects(data.train.read([6]), /indices must be integers in \[0, 6\)/);
    data.dispose();
    await rejects(data.train.read([0]), /were disposed/);
  }));
