import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { createHash } from "node:crypto";
import type { Dataset } from "../../../lib/datasets/dataset.ts";
import type { GeneratedOptions } from "../../../lib/datasets/mod.ts";

/** What holds of every generated set of images. */
export function checkImages(
  generate: (options?: GeneratedOptions) => Dataset,
): void {
  const { shape, train, test, classes, classNames } = generate();
  const size = shape.reduce((a, b) => a * b);
  deepStrictEqual([train.count, test.count], [2000, 1000]);
  deepStrictEqual([classes, classNames.length], [10, 10]);
  strictEqual(train.inputs.length, 2000 * size);
  for (const { count, inputs, labels } of [train, test]) {
    for (let k = 0; k < 10; k++) {
      strictEqual(labels.filter((label) => label === k).length, count / 10);
    }
    ok(
      inputs.every((value) =>
        value === Math.fround(Math.round(value * 255) / 255)
      ),
    );
    ok(inputs.every((value) => value >= 0 && value <= 1));
  }

  const small = generate({ train: 30, test: 20 });
  deepStrictEqual(small.train.inputs, train.inputs.subarray(0, 30 * size));
  deepStrictEqual(small.test.inputs, test.inputs.subarray(0, 20 * size));
  const other = generate({ seed: 1, train: 30, test: 20 });
  const image = (inputs: Float32Array, i: number) =>
    inputs.slice(i * size, (i + 1) * size).join();
  const all = [small, other].flatMap((set) => [
    ...Array.from({ length: 30 }, (_, i) => image(set.train.inputs, i)),
    ...Array.from({ length: 20 }, (_, i) => image(set.test.inputs, i)),
  ]);
  strictEqual(new Set(all).size, 100);
}

/** The SHA-256 of all pixels as bytes, train then test. */
export function fingerprint({ train, test }: Dataset): string {
  const hash = createHash("sha256");
  for (const { inputs } of [train, test]) {
    hash.update(
      Uint8Array.from(inputs.map((value) => Math.round(value * 255))),
    );
  }
  return hash.digest("hex");
}
