import { deepStrictEqual, strictEqual, throws } from "node:assert";
import { DatasetError } from "../../../lib/datasets/dataset_error.ts";
import { idxBytes, parseIdx } from "../../../lib/datasets/formats/idx.ts";

const HEADER = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3];
const SHAPE = [2, 1, 3];

function fault(bytes: number[], message: RegExp): void {
  throws(
    () => parseIdx(Uint8Array.from(bytes), "a/images", SHAPE),
    (error) => {
      strictEqual(error instanceof DatasetError, true);
      const line = (error as Error).message;
      strictEqual(line.startsWith("a/images: "), true);
      strictEqual(message.test(line), true, line);
      return true;
    },
  );
}

Deno.test("idx: reads the elements as a view", () => {
  const bytes = Uint8Array.from([...HEADER, 1, 2, 3, 4, 5, 6]);
  const elements = parseIdx(bytes, "images", SHAPE);
  deepStrictEqual([...elements], [1, 2, 3, 4, 5, 6]);
  strictEqual(elements.buffer, bytes.buffer);
  strictEqual(idxBytes(SHAPE), bytes.length);
});

Deno.test("idx: reads from the middle of a buffer", () => {
  const bytes = Uint8Array.from([9, 9, ...HEADER, 1, 2, 3, 4, 5, 6]);
  const elements = parseIdx(bytes.subarray(2), "images", SHAPE);
  deepStrictEqual([...elements], [1, 2, 3, 4, 5, 6]);
});

Deno.test("idx: names the file and the fault", () => {
  const data = [1, 2, 3, 4, 5, 6];
  fault([], /has 0 bytes, too few/);
  fault(HEADER.slice(0, 15), /has 15 bytes, too few/);
  fault([0, 0, 8, 1, ...HEADER.slice(4), ...data], /2049, expected 2051/);
  fault([0, 0, 13, 3, ...HEADER.slice(4), ...data], /3331, expected 2051/);
  fault([...HEADER.slice(0, 7), 3, ...HEADER.slice(8), ...data], /3 × 1 × 3/);
  fault([...HEADER, ...data.slice(1)], /has 21 bytes, expected 22/);
  fault([...HEADER, ...data, 7], /has 23 bytes, expected 22/);
});
