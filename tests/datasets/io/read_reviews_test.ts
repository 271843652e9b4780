/** Folders of film reviews, in one file or in many, and vectors of their words. */
import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import type { FolderEntry } from "../../../lib/datasets/dataset_entry.ts";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { readReviews } from "../../../lib/datasets/io/read_reviews.ts";
import { listDatasets, openDataset } from "../../../lib/datasets/mod.ts";
import { findEntry } from "../../../lib/datasets/registry.ts";
import { datasetFigure } from "../../../lib/notebook/dataset_figure.ts";
import { inFolder } from "../temporary_folder.ts";

const entry = { ...findEntry("imdb") as FolderEntry, shape: [4] };

/** A small folder of reviews in two tables. */
const tables = (): Record<string, string | Uint8Array> => ({
  "train.tsv": "0\t2\t0\tA dull film.\n1\t9\t0\tA\tgreat, great film!\n",
  "test.tsv": "0\t1\t0\tDull dull.\n1\t10\t0\tWhat a great film, that plot.\n",
});

/** The same as files. */
const files = (): Record<string, string | Uint8Array> => ({
  "train/neg/0_2.txt": "A dull film.",
  "train/pos/0_9.txt": "A\tgreat, great film!",
  "test/neg/0_1.txt": "Dull dull.",
  "test/pos/0_10.txt": "What a great film, that plot.",
  "train/unsup/0_0.txt": "Not read",
  "imdb.vocab": "not read",
});

async function write(
  folder: string,
  tree: Record<string, string | Uint8Array>,
): Promise<void> {
  for (const [name, content] of Object.entries(tree)) {
    await Deno.mkdir(dirname(`${folder}/${name}`), { recursive: true });
    await Deno.writeFile(
      `${folder}/${name}`,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
  }
}

Deno.test("readReviews: the last words of each review, from either layout", () =>
  inFolder(async (parent) => {
    await write(`${parent}/tables`, tables());
    await write(`${parent}/files`, files());
    const [one, other] = await Promise.all(
      ["tables", "files"].map((name) =>
        readReviews()(entry, `${parent}/${name}`)
      ),
    );
    const words = ["<padding>", "<unknown>", "a", "film", "great", "!", "dull"];
    deepStrictEqual(one!.words, words);
    deepStrictEqual([...one!.train.inputs], [0, 2, 6, 3, 4, 4, 3, 5]);
    deepStrictEqual([...one!.test.inputs], [0, 0, 6, 6, 4, 3, 1, 1]);
    deepStrictEqual([...one!.train.labels], [0, 1]);
    deepStrictEqual(
      [other!.train, other!.test, other!.words],
      [one!.train, one!.test, one!.words],
    );
    ok(
      /^tables: train.tsv sha256:\w{16}, test.tsv sha256:\w{16}$/.test(
        one!.source,
      ),
      one!.source,
    );
    ok(/^files: train 2 files sha256:\w{16}, /.test(other!.source));
    const figure = JSON.stringify(datasetFigure(one!));
    ok(figure.includes("great great film !"), figure.slice(0, 400));
    ok(figure.includes("positive"));
  }));

Deno.test("readReviews: compressed tables; vectors of words", () =>
  inFolder(async (folder) => {
    const packed = Object.entries(tables()).map(([name, text]) =>
      [`${name}.gz`, gzipSync(text)] as const
    );
    await write(folder, {
      ...Object.fromEntries(packed),
      "three.txt": "the 1 2 3\nfilm 0.5 -1 2e-1\nxyz bad line\ndull 4 5 6\n",
    });
    const read = readReviews("three.txt");
    const { wordVectors, source } = await read(entry, folder);
    deepStrictEqual(wordVectors!.ids, [3, 6]);
    deepStrictEqual(
      wordVectors!.values.subarray(9, 12),
      Float32Array.of(0.5, -1, 0.2),
    );
    strictEqual(wordVectors!.values.length, 7 * 3);
    ok(/, 2 words from three sha256:\w{16}$/.test(source), source);
    const fault = async (text: string, message: RegExp) => {
      await write(folder, { "three.txt": text });
      await rejects(read(entry, folder), message);
    };
    await fault(
      "the 1 2\nfilm 1\n",
      /three.txt: line 2: has 1 numbers, the first line has 2/,
    );
    await fault(
      "the 1\nfilm NaN\n",
      /line 2: expected finite numbers .* got "NaN"/,
    );
    await fault("the 1\nfilm 1e99\n", /line 2: expected finite numbers/);
    await fault("the 1\n film 1\n", /line 2: expected a word and its numbers/);
    await fault("the 1\nof 2\n", /has none of the 7 words of the texts/);
    await fault(
      `film ${"1 ".repeat(1001)}\n`,
      /has 1001 numbers, expected no more/,
    );
    await fault(`film ${"1".repeat(70_000)}\n`, /line 1: expected a word/);
  }));

Deno.test("openDataset: reviews in a folder of data sets, or nowhere", () =>
  inFolder(async (directory) => {
    await rejects(
      openDataset("imdb-64", { directory, allowFetch: true }),
      /^DatasetError: imdb-64: .* has no folder imdb or aclImdb$/,
    );
    const listed = async (name: string) =>
      (await listDatasets({ directory })).find((one) => one.name === name)!;
    await write(`${directory}/aclImdb`, { "train.tsv": "" });
    ok(
      /test.tsv: is missing, and so is test.tsv.gz or test$/.test(
        (await listed("imdb-64")).problem!,
      ),
    );
    await write(`${directory}/aclImdb`, tables());
    strictEqual((await listed("imdb-64")).ready, true);
    const { shape, train } = await openDataset("imdb-64", { directory });
    deepStrictEqual([shape, train.inputs.length], [[64], 128]);
    ok(/glove.6B.100d.txt: is missing/.test(
      (await listed("imdb-glove-64")).problem!,
    ));
    await write(`${directory}/aclImdb`, { "glove.6B.100d.txt": "film 1 2\n" });
    strictEqual((await listed("imdb-glove-64")).ready, true);
    const { wordVectors } = await openDataset("imdb-glove-64", { directory });
    strictEqual(wordVectors!.width, 2);
  }));

Deno.test("readReviews: one line for each fault, which names the file", () =>
  inFolder(async (parent) => {
    let n = 0;
    const fault = async (
      tree: Record<string, string | Uint8Array>,
      message: RegExp,
    ) => {
      const folder = `${parent}/${n++}`;
      await write(folder, tree);
      await rejects(readReviews()(entry, folder), (error) => {
        ok(error instanceof DatasetError, String(error));
        ok(error.message.startsWith(folder), error.message);
        ok(!error.message.includes("\n"), error.message);
        ok(message.test(error.message), error.message);
        return true;
      });
    };
    const train = (text: string | Uint8Array) => ({
      ...tables(),
      "train.tsv": text,
    });
    await fault(
      { "test.tsv": "" },
      /train.tsv: is missing, and so is train.tsv.gz or train$/,
    );
    await fault(train(""), /train.tsv: has 0 bytes, expected no fewer than 1/);
    await fault(train("\n\n"), /has 0 reviews, expected 1 to 100000/);
    await fault(
      train("0\t2\t0\n"),
      /line 1: expected class, rating, number and text/,
    );
    await fault(train("0\t2\t0\t \n"), /line 1: expected class/);
    await fault(train("2\t2\t0\tx\n"), /line 1: expected class/);
    await fault(
      train("0\t2\t0\tx\n1\t3\t0\ty\n"),
      /line 2: class 1 does not fit a rating of 3/,
    );
    await fault(
      train("0\t5\t0\tx\n"),
      /line 1: class 0 does not fit a rating of 5/,
    );
    await fault(train(Uint8Array.of(0x30, 0xff)), /train.tsv: is not text/);
    await fault(train(gzipSync("x".repeat(99)).subarray(0, 12)), /truncated/);
    await fault(
      { ...files(), "test/neg/1_9.txt": "x" },
      /1_9.txt: a rating of 9 is not of this class/,
    );
    await fault({ ...files(), "test/neg/1_3.txt": "" }, /1_3.txt: has 0 bytes/);
    const { "test/pos/0_10.txt": _, ...incomplete } = files();
    await fault(incomplete, /test\/pos: is missing/);
    await fault(
      { ...incomplete, "test/pos/x.txt": "x" },
      /test\/pos: has 0 reviews such as 0_9.txt/,
    );
  }));
