import { deepStrictEqual, strictEqual } from "node:assert";
import { labelColours } from "../../lib/figures/label_colours.ts";

Deno.test("labelColours: Pascal VOC's palette", () => {
  const bytes = (labels: number[]) =>
    [...labelColours(labels)].map((value) => Math.round(255 * value));
  deepStrictEqual(bytes([0]), [0, 0, 0]);
  deepStrictEqual(bytes([2, 8]), [0, 128, 0, 64, 0, 0]); // bicycle, cat
  deepStrictEqual(bytes([20]), [0, 64, 128]); // television
  deepStrictEqual(bytes([255]), [224, 224, 192]); // ignored
  const all = Array.from({ length: 256 }, (_, i) => bytes([i]).join());
  strictEqual(new Set(all).size, 256);
});
