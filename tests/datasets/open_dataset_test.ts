import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert";
import { gzipSync } from "node:zlib";
import { DatasetError } from "../../lib/datasets/dataset_error.ts";
import {
  openDataset,
  type OpenDatasetOptions,
} from "../../lib/datasets/open_dataset.ts";
import { REGISTRY } from "../../lib/datasets/registry.ts";
import { inFolder } from "./temporary_folder.ts";

async function fault(
  name: string,
  options: OpenDatasetOptions,
  message: RegExp,
): Promise<void> {
  await rejects(openDataset(name, options), (error) => {
    ok(error instanceof DatasetError, String(error));
    ok(message.test(error.message), error.message);
    ok(!error.message.includes("\n"), error.message);
    return true;
  });
}

/** An idx file of zeros, with the header of MNIST. */
function zeros(shape: number[]): Uint8Array {
  const size = shape.reduce((a, b) => a * b);
  const bytes = new Uint8Array(4 + 4 * shape.length + size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x800 + shape.length);
  shape.forEach((length, axis) => view.setUint32(4 + 4 * axis, length));
  return bytes;
}

Deno.test("openDataset: generated sets need no folder and are as listed", async () => {
  const options = { directory: "/not/there", cacheDirectory: "/not/there" };
  const generated = REGISTRY.filter((entry) => "generate" in entry);
  strictEqual(generated.length, 6);
  for (const entry of generated) {
    const dataset = await openDataset(entry.name, options);
    const { name, kind, shape, classNames, train, test } = entry;
    const { labelShape, words } = dataset;
    deepStrictEqual(
      { ...dataset, train: dataset.train.count, test: dataset.test.count },
      {
        name,
        kind,
        shape,
        classNames,
        train,
        test,
        classes: classNames.length,
        source: "generated",
        ...labelShape ? { labelShape } : {},
        ...words ? { words } : {},
      },
    );
    const size = shape.reduce((a, b) => a * b);
    strictEqual(dataset.test.inputs.length, test * size);
    const labelSize = labelShape?.reduce((a, b) => a * b) ?? 1;
    strictEqual(dataset.test.labels.length, test * labelSize);
  }
});

Deno.test("openDataset: says what it misses", () =>
  inFolder(async (folder) => {
    const cacheDirectory = `${folder}/cache`;
    await fault("mnits", {}, /"mnits"; did you mean "mnist"\?/);
    await fault(
      "mnist",
      { directory: `${folder}/none`, cacheDirectory },
      /none: is missing, expected a folder of data sets/,
    );
    await fault(
      "mnist",
      { directory: folder, cacheDirectory },
      /^mnist: .* has no folder mnist or MNIST\/raw, and it was not fetched before/,
    );
    await fault(
      "cifar-100-subset",
      { directory: folder, cacheDirectory, allowFetch: true },
      /^cifar-100-subset: .* has no folder cifar-100-binary-subset or cifar-100-binary$/,
    );
    await Deno.writeTextFile(`${folder}/file`, "");
    await fault(
      "mnist",
      { directory: `${folder}/file`, cacheDirectory },
      /file: is a file, expected a folder/,
    );
    await Deno.writeTextFile(`${folder}/mnist`, "");
    await fault(
      "mnist",
      { directory: folder, cacheDirectory },
      /mnist: is a file, expected a folder/,
    );
    await Deno.mkdir(`${folder}/cifar-10-batches-bin`);
    await fault(
      "cifar-10",
      { directory: folder, cacheDirectory },
      /data_batch_1.bin: is missing, and so is data_batch_1.bin.gz$/,
    );
  }));

Deno.test("openDataset: MNIST as torchvision lays it out, truncated, corrupt", () =>
  inFolder(async (directory) => {
    const folder = `${directory}/MNIST/raw`;
    await Deno.mkdir(folder, { recursive: true });
    for (
      const [name, count] of [["train", 60_000], ["t10k", 10_000]] as const
    ) {
      await Deno.writeFile(
        `${folder}/${name}-images-idx3-ubyte.gz`,
        gzipSync(zeros([count, 28, 28])),
      );
      await Deno.writeFile(
        `${folder}/${name}-labels-idx1-ubyte`,
        zeros([count]),
      );
    }
    const { train, test, source } = await openDataset("mnist", { directory });
    deepStrictEqual([train.count, test.count], [60_000, 10_000]);
    ok(source.startsWith("MNIST/raw: train-images-idx3-ubyte sha256:"), source);
    await Deno.truncate(`${folder}/t10k-images-idx3-ubyte.gz`, 4000);
    await fault(
      "mnist",
      { directory },
      /t10k-images-idx3-ubyte.gz: .*truncated/,
    );
  }));

Deno.test("openDataset: a damaged file in the cache is refused", () =>
  inFolder(async (folder) => {
    const path = `${folder}/cache/boston-housing/housing.data`;
    await Deno.mkdir(path.replace(/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(path, "1 ".repeat(24_541));
    await fault(
      "boston-housing",
      { directory: folder, cacheDirectory: `${folder}/cache` },
      /housing.data: has SHA-256 [0-9a-f]{64}, the published file has baadf729.*; delete it/,
    );
  }));
