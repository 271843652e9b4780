import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert";
import { encode as encodePng } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { dirname, join } from "node:path";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { parseCsv } from "../../../lib/datasets/own/csv.ts";
import { readOwnData } from "../../../lib/datasets/own/read_own_data.ts";
import { encodeZip } from "../../../lib/zip/mod.ts";
import { streamImages } from "../../../lib/datasets/streamed/stream_images.ts";
import { classNames, writePictures } from "../streamed/picture_set.ts";
import { npy } from "../../support/npy.ts";
import { withFolder } from "../../support/with_folder.ts";

type Files = Record<string, Uint8Array | string>;

async function write(folder: string, files: Files): Promise<void> {
  for (const [name, contents] of Object.entries(files)) {
    const path = join(folder, name);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(
      path,
      typeof contents === "string"
        ? new TextEncoder().encode(contents)
        : contents,
    );
  }
}

/** Reads the first of the files, or a name among them. */
async function read(files: Files, options = {}, name?: string) {
  let data;
  await withFolder(async (folder) => {
    await write(folder, files);
    const path = join(folder, name ?? Object.keys(files)[0]!);
    data = await readOwnData(path, options);
  });
  return data as unknown as Awaited<ReturnType<typeof readOwnData>>;
}

async function refuses(
  files: Files,
  reason: RegExp,
  options = {},
  name?: string,
) {
  await rejects(read(files, options, name), (error) => {
    ok(error instanceof DatasetError, String(error));
    ok(!error.message.includes("\n"));
    ok(reason.test(error.message), error.message);
    return true;
  });
}

const x = npy("<f4", [2, 2], Float32Array.of(1, 2, 3, 4));
const y = npy("<i8", [2], BigInt64Array.of(1n, 0n));

Deno.test("npz: inputs and classes", async () => {
  const data = await read({ "a.npz": encodeZip({ "x.npy": x, "y.npy": y }) });
  strictEqual(data.name, "a.npz");
  strictEqual(data.kind, "classification");
  deepStrictEqual(data.shape, [2]);
  strictEqual(data.classes, 2);
  deepStrictEqual(data.train.inputs, Float32Array.of(1, 2, 3, 4));
  deepStrictEqual(data.train.labels, Int32Array.of(1, 0));
  strictEqual(data.test, undefined);
});

Deno.test("npz: pixels, one-hot labels, a test split", async () => {
  const image = npy("|u1", [1, 1, 2], Uint8Array.of(0, 255));
  const hot = npy("<f4", [1, 3], Float32Array.of(0, 0, 1));
  const data = await read({
    "a.npz": encodeZip({
      "x_train.npy": image,
      "y_train.npy": hot,
      "x_test.npy": image,
      "y_test.npy": hot,
    }),
  });
  deepStrictEqual(data.train.inputs, Float32Array.of(0, 1));
  deepStrictEqual(data.test!.labels, Int32Array.of(2));
  deepStrictEqual(data.shape, [1, 2]);
});

Deno.test("npz: what does not match is refused", async () => {
  const zip = (files: Record<string, Uint8Array>) => ({
    "a.npz": encodeZip(files),
  });
  await refuses(zip({ "z.npy": x }), /has the arrays z, expected x and y/);
  await refuses(
    zip({ "x.npy": x, "y.npy": npy("<i4", [1], Int32Array.of(1)) }),
    /x has 2 examples and y has 1/,
  );
  const nan = npy("<f4", [2, 2], Float32Array.of(1, 2, NaN, 4));
  await refuses(
    zip({ "x.npy": nan, "y.npy": y }),
    /example 1 has the input NaN/,
  );
  await refuses(
    zip({ "x.npy": x, "y.npy": npy("<f4", [2], Float32Array.of(1, NaN)) }),
    /example 1 has the label NaN/,
  );
  await refuses(zip({ "x.npy": npy("|O", [2], y), "y.npy": y }), /a pickle/);
  await refuses({ "a.npz": "no zip" }, /is not a sound zip archive/);
});

Deno.test("csv: header, text labels, quotes", async () => {
  const text = 'a,"b ""c""",kind\r\n1,2,"dog, big"\r\n3,4,cat\r\n';
  const data = await read({ "a.csv": text });
  deepStrictEqual(data.classNames, ["cat", "dog, big"]);
  deepStrictEqual(data.train.labels, Int32Array.of(1, 0));
  deepStrictEqual(data.train.inputs, Float32Array.of(1, 2, 3, 4));
  const first = await read({ "a.csv": text.replaceAll("kind", "k") }, {
    label: "a",
    kind: "regression",
  }).catch((error) => String(error));
  ok(/expected a finite number, got "dog, big"/.test(String(first)));
});

Deno.test("csv: without a header, targets, a label by number", async () => {
  const numbers = await read({ "a.csv": "1.5,2,3\n2,5,6" }, { label: 0 });
  strictEqual(numbers.kind, "regression");
  deepStrictEqual(numbers.train.labels, Float32Array.of(1.5, 2));
  deepStrictEqual(numbers.train.inputs, Float32Array.of(2, 3, 5, 6));
  const classes = await read({ "a.csv": "1.5,2,3\n2,5,6" });
  strictEqual(classes.kind, "classification");
  strictEqual(classes.classes, 7);
});

Deno.test("csv: what is no table of numbers is refused with its place", async () => {
  await refuses({ "a.csv": "a,b\n1,2\n1,2,3\n" }, /row 3 has 3 fields/);
  await refuses({ "a.csv": "a,b\nNaN,2\n" }, /row 2, column "a": .*got "NaN"/);
  await refuses({ "a.csv": "a,b\n1e999,2\n" }, /got "1e999"/);
  await refuses({ "a.csv": "a,b\n1,2\n" }, /no column "c"/, { label: "c" });
  await refuses({ "a.csv": 'a,b\n1,"2\n' }, /a quote is not closed/);
  await refuses({ "a.csv": "1\n2\n" }, /expected examples of at least one/);
  await refuses({ "a.csv": Uint8Array.of(0xff, 0xfe) }, /is not text/);
  throws(() => parseCsv('a"b', "a"), /line 1/);
  deepStrictEqual(parseCsv("a,\n\nb,c,", "a"), [["a", ""], ["b", "c", ""]]);
});

Deno.test("idx: images beside their labels", async () => {
  const images = Uint8Array.of(
    0,
    0,
    8,
    3,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    2,
    0,
    255,
  );
  const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 3);
  const data = await read({
    "images-idx3-ubyte": images,
    "labels-idx1-ubyte": labels,
  });
  deepStrictEqual(data.shape, [1, 2, 1]);
  deepStrictEqual(data.train.inputs, Float32Array.of(0, 1));
  deepStrictEqual(data.train.labels, Int32Array.of(3));
  await refuses(
    { "images-idx3-ubyte": images },
    /labels-idx1-ubyte: is missing/,
  );
  await refuses({ "a-ubyte": images }, /name the file of its labels/);
});

Deno.test("cifar: its size says which", async () => {
  const ten = new Uint8Array(3073).fill(255, 1);
  ten[0] = 7;
  const data = await read({ "a.bin": ten });
  deepStrictEqual(data.train.labels, Int32Array.of(7));
  strictEqual((await read({ "a.bin": new Uint8Array(3074) })).classes, 100);
  await refuses({ "a.bin": new Uint8Array(4000) }, /not a whole number/);
});

const red = encodePng({
  width: 2,
  height: 1,
  channels: 4,
  depth: 8,
  data: Uint8Array.of(255, 0, 0, 255, 255, 0, 0, 255),
});
const grey = encodePng({
  width: 2,
  height: 1,
  channels: 1,
  depth: 8,
  data: Uint8Array.of(0, 255),
});

Deno.test("a folder of pictures: a folder a class", async () => {
  const data = await read(
    { "f/b/1.png": red, "f/a/2.png": red, "f/a/.DS_Store": "x" },
    {},
    "f",
  );
  deepStrictEqual(data.classNames, ["a", "b"]);
  deepStrictEqual(data.shape, [1, 2, 3]);
  deepStrictEqual(data.train.labels, Int32Array.of(0, 1));
  deepStrictEqual(
    data.train.inputs.subarray(0, 6),
    Float32Array.of(1, 0, 0, 1, 0, 0),
  );
  const { data: jpeg } = encodeJpeg({
    width: 2,
    height: 1,
    data: Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255),
  });
  const split = await read(
    { "f/train/a/1.jpg": jpeg, "f/test/a/1.jpg": jpeg },
    {},
    "f",
  );
  deepStrictEqual(split.test!.inputs, new Float32Array(6).fill(1));
});

Deno.test("pictures that do not match, or are none, are refused", async () => {
  await refuses(
    { "f/a/1.png": red, "f/a/2.png": grey },
    /2\.png: has 1 × 2 × 1 numbers, expected 1 × 2 × 3/,
    {},
    "f",
  );
  await refuses({ "f/a/1.png": "x" }, /neither a PNG nor a JPEG/, {}, "f");
  await refuses({ "f/1.png": red }, /is a file, expected folders/, {}, "f");
  await refuses(
    { "f/train/a/1.png": red, "f/test/b/1.png": red },
    /has the classes b, expected a/,
    {},
    "f",
  );
  const bomb = red.slice();
  new DataView(bomb.buffer).setUint32(16, 2 ** 31 - 1);
  await refuses({ "f/a/1.png": bomb }, /must have 1 to \d+ pixels/, {}, "f");
});

Deno.test("files of other forms are refused with the forms that there are", async () => {
  await refuses({ "a.xlsx": "x" }, /expected \.npz, \.csv, idx/);
  await refuses({ "a.pkl": "x" }, /a pickle, which is code/);
  await rejects(readOwnData("/not/there.csv"), /\/not\/there\.csv: is missing/);
});

Deno.test("pictures of any size are cut to one, as they are in streams", () =>
  withFolder(async (folder) => {
    await writePictures(folder, { train: 4, val: 2 }, (i) => [9 + i, 14]);
    const size = 6;
    const own = await readOwnData(folder, { size });
    const stream = await streamImages(folder, { size, standardise: false });
    for (const part of ["train", "test"] as const) {
      const { count, labels } = stream[part];
      const all = Array.from({ length: count }, (_, i) => i);
      deepStrictEqual(own[part], {
        count,
        labels,
        inputs: await stream[part].read(all),
      });
    }
    stream.dispose();
    deepStrictEqual(own.shape, [6, 6, 3]);
    deepStrictEqual(own.classNames, classNames);
    // Of fewer pictures, the classes are there alike, and the same each time.
    const some = await readOwnData(folder, { size, mostPictures: 6 });
    deepStrictEqual([...some.train.labels], [0, 0, 1, 1, 2, 2]);
    deepStrictEqual(
      await readOwnData(folder, { size, mostPictures: 6 }),
      some,
    );
    await rejects(readOwnData(folder), /name a size to cut all to/);
    await rejects(
      readOwnData(folder, { size, shorterSide: 5 }),
      /shorterSide must be ≥ size \(6\)/,
    );
    await rejects(
      readOwnData(`${folder}/train/n01/000.png`, { size }),
      /is a file, and a size is of folders of pictures/,
    );
  }));
