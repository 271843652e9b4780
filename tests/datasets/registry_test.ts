import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { DatasetError } from "../../lib/datasets/dataset_error.ts";
import { idxBytes } from "../../lib/datasets/formats/idx.ts";
import { MANIFEST } from "../../lib/datasets/manifest.ts";
import { isStreamedEntry } from "../../lib/datasets/dataset_entry.ts";
import { findEntry, REGISTRY } from "../../lib/datasets/registry.ts";
import { fileEntry } from "./file_entry.ts";

Deno.test("registry: names are unique, classes have names", () => {
  const names = REGISTRY.map(({ name }) => name);
  strictEqual(new Set(names).size, names.length);
  for (const entry of REGISTRY) {
    const { name, kind, classNames, shape } = entry;
    const hasClasses = !isStreamedEntry(entry) &&
      (kind === "classification" || kind === "segmentation");
    strictEqual(classNames.length > 0, hasClasses);
    strictEqual(new Set(classNames).size, classNames.length);
    const isText = name.startsWith("imdb") || name === "negated-opinions";
    strictEqual(shape.length, kind === "regression" || isText ? 1 : 3);
  }
  strictEqual(findEntry("cifar-100").classNames.length, 100);
  strictEqual(findEntry("cifar-100").classNames[99], "worm");
});

Deno.test("registry: an unknown name gets the nearest", () => {
  const fault = (name: string, message: RegExp) =>
    throws(
      () => findEntry(name),
      (error) => error instanceof DatasetError && message.test(error.message),
    );
  fault(
    "fashionmnist",
    /^no data set is named "fashionmnist"; did you mean "fashion-mnist"\?$/,
  );
  fault("CIFAR10", /did you mean "cifar-10"\?/);
  fault("ptb", /there are drawn-digits, .*, imdb-glove-64, imagenet$/);
  fault("__proto__", /no data set is named "__proto__"/);
  fault("\u001b[31m", /"\\u001b\[31m"/);
});

Deno.test("manifest: what it promises is what the readers expect", () => {
  for (
    const [name, { folder, downloads, contents }] of Object.entries(MANIFEST)
  ) {
    const { files, train } = fileEntry(name);
    deepStrictEqual(
      Object.keys(contents).sort(),
      [...files.train, ...files.test].sort(),
    );
    ok(files.folders.includes(folder));
    for (const { sha256 } of Object.values(contents)) {
      ok(/^[0-9a-f]{64}$/.test(sha256));
    }
    for (const { file, urls, sha256, bytes } of downloads) {
      ok(/^[\w.-]+$/.test(file));
      ok(urls.every((url) => URL.canParse(url) && url.endsWith(`/${file}`)));
      ok(sha256 === null || /^[0-9a-f]{64}$/.test(sha256));
      ok(Number.isSafeInteger(bytes) && bytes > 0);
    }
    if (files.format === "idx") {
      strictEqual(contents[files.train[0]!]!.bytes, idxBytes([train, 28, 28]));
    }
  }
});
