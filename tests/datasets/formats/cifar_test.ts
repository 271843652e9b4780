import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import {
  cifarRecordBytes,
  type CifarTarget,
  parseCifar,
} from "../../../lib/datasets/formats/cifar.ts";

/** Two records of CIFAR-100 whose byte at (plane, pixel) is known. */
function records(): Uint8Array {
  const bytes = new Uint8Array(2 * 3074);
  bytes.set([19, 99], 0);
  bytes.set([3, 42], 3074);
  for (let i = 0; i < 3072; i++) {
    bytes[2 + i] = i % 251;
    bytes[3074 + 2 + i] = i % 241;
  }
  return bytes;
}

function target(count: number, first = 0): CifarTarget {
  return {
    labelBytes: 2,
    classes: 100,
    inputs: new Float32Array(count * 3072),
    labels: new Int32Array(count),
    first,
  };
}

Deno.test("cifar: interleaves the planes and takes the fine label", () => {
  const into = target(3, 1);
  strictEqual(parseCifar(records(), "train.bin", into), 2);
  deepStrictEqual([...into.labels], [0, 99, 42]);
  for (const [image, modulus] of [[1, 251], [2, 241]] as const) {
    for (const pixel of [0, 1, 31, 32, 517, 1023]) {
      for (let channel = 0; channel < 3; channel++) {
        const byte = (channel * 1024 + pixel) % modulus;
        strictEqual(
          into.inputs[image * 3072 + pixel * 3 + channel],
          Math.fround(byte / 255),
        );
      }
    }
  }
  ok(into.inputs.subarray(0, 3072).every((value) => value === 0));
});

Deno.test("cifar: names the file and the fault", () => {
  const fault = (bytes: Uint8Array, into: CifarTarget, message: RegExp) =>
    throws(
      () => parseCifar(bytes, "train.bin", into),
      (error) =>
        error instanceof DatasetError && message.test(error.message) &&
        error.message.startsWith("train.bin: "),
    );
  fault(records().subarray(1), target(2), /6147 bytes, not a whole number/);
  fault(records(), target(2, 1), /holds 2 images, expected at most 1/);
  const wrong = records();
  wrong[3074 + 1] = 100;
  fault(wrong, target(2), /example 1 has label 100, expected 0 to 99/);
});

Deno.test("cifar: the sizes of the published files", () => {
  strictEqual(10_000 * cifarRecordBytes(1), 30_730_000);
  strictEqual(50_000 * cifarRecordBytes(2), 153_700_000);
});
