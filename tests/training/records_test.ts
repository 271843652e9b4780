import { deepStrictEqual, strictEqual } from "node:assert";
import fc from "fast-check";
import {
  parseRecord,
  type RunRecord,
  short,
  stringifyRecord,
} from "../../lib/training/records.ts";

Deno.test("records come back as they were, whatever their numbers", () => {
  fc.assert(fc.property(fc.double(), fc.nat(), (loss, step) => {
    const record: RunRecord = {
      step,
      epoch: step / 7,
      loss,
      learningRate: loss,
      cost: 3 * step,
    };
    const expected = Object.is(loss, -0)
      ? { ...record, loss: 0, learningRate: 0 } // JSON has no −0
      : record;
    deepStrictEqual(parseRecord(stringifyRecord(record)), expected);
  }));
});

Deno.test("short() keeps every float32", () => {
  fc.assert(fc.property(fc.float(), (value) => {
    strictEqual(Math.fround(short(value)), value);
    strictEqual(String(short(value)).length <= String(value).length, true);
  }));
});

Deno.test("numbers of records are the shortest that a float32 keeps", () => {
  deepStrictEqual([0.1, 1 / 3, 2e-45, NaN].map(Math.fround).map(short), [
    0.1,
    0.33333334,
    1.4e-45,
    NaN,
  ]);
});
