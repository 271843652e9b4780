import { deepStrictEqual, match, strictEqual } from "node:assert";
import {
  type DatasetListing,
  listDatasets,
} from "../../lib/datasets/list_datasets.ts";
import { REGISTRY } from "../../lib/datasets/registry.ts";
import { inFolder } from "./temporary_folder.ts";

async function listing(
  directory: string,
  cacheDirectory: string,
): Promise<Record<string, DatasetListing>> {
  const listings = await listDatasets({ directory, cacheDirectory });
  return Object.fromEntries(listings.map((one) => [one.name, one]));
}

Deno.test("listDatasets: everything in the registry, and where it is", () =>
  inFolder(async (folder) => {
    const cache = `${folder}/cache`;
    await Deno.mkdir(`${folder}/boston-housing`);
    await Deno.writeTextFile(`${folder}/boston-housing/housing.data`, "");
    await Deno.mkdir(`${folder}/mnist`);
    await Deno.writeTextFile(`${folder}/cifar-10-batches-bin`, "");
    await Deno.mkdir(`${cache}/cifar-100-binary`, { recursive: true });
    for (
      const [name, bytes] of [["train", 153_700_000], ["test", 30_740_000]]
    ) {
      const path = `${cache}/cifar-100-binary/${name}.bin`;
      await Deno.writeTextFile(path, "");
      await Deno.truncate(path, bytes as number);
    }
    const found = await listing(folder, cache);
    deepStrictEqual(Object.keys(found), REGISTRY.map(({ name }) => name));
    deepStrictEqual(found["textured-shapes"], {
      name: "textured-shapes",
      kind: "classification",
      shape: [32, 32, 3],
      classes: 10,
      train: 2000,
      test: 1000,
      subset: false,
      ready: true,
      place: "generated",
      problem: null,
      fetchBytes: null,
    });
    const summary = (name: string) => {
      const { ready, place, fetchBytes } = found[name]!;
      return [ready, place, fetchBytes];
    };
    deepStrictEqual(
      summary("boston-housing"),
      [true, `${folder}/boston-housing`, 49_082],
    );
    deepStrictEqual(
      summary("cifar-100"),
      [true, `${cache}/cifar-100-binary`, 168_513_733],
    );
    deepStrictEqual(summary("fashion-mnist"), [false, null, 30_878_645]);
    deepStrictEqual(summary("mnist"), [false, `${folder}/mnist`, 11_594_722]);
    match(found["mnist"]!.problem!, /train-images-idx3-ubyte: is missing/);
    match(found["cifar-10"]!.problem!, /is a file, expected a folder/);
    strictEqual(found["cifar-100-subset"]!.subset, true);
    strictEqual(found["cifar-100-subset"]!.fetchBytes, null);
  }));

Deno.test("listDatasets: a missing folder is a problem of each, not an error", async () => {
  const found = await listing("/not/there", "/not/there");
  match(found["mnist"]!.problem!, /\/not\/there: is missing/);
  strictEqual(found["drawn-digits"]!.ready, true);
});
