import { deepStrictEqual, ok } from "node:assert";
import { beatenBy, comparePairs } from "../../lib/comparison/pairs.ts";

const values = {
  good: [1, 2, 3, 4, 5],
  bad: [2.1, 2.9, 4, 5.1, 6],
  wild: [9, -5, 3, 8, 1],
};

Deno.test("paired differences: a shift is found though seeds differ more than methods", () => {
  const pairs = comparePairs(values);
  deepStrictEqual(pairs.map(({ a, b, differs }) => [a, b, differs]), [
    ["good", "bad", true],
    ["good", "wild", false],
    ["bad", "wild", false],
  ]);
  const { mean, low, high } = pairs[0]!.difference;
  // Differences −1.1, −0.9, −1, −1.1, −1: t = 2.776 with 4 degrees of freedom.
  ok(Math.abs(mean + 1.02) < 1e-12);
  ok(Math.abs(high - low - 2 * 2.776445 * 0.0836660 / Math.sqrt(5)) < 1e-5);
  deepStrictEqual(
    ["good", "bad", "wild"].map((name) => beatenBy(name, pairs)),
    [["bad"], [], []],
  );
});

Deno.test("Holm: what one test would find alone is not found among many", () => {
  // p = 0.045 for a − b; with two more pairs the least p has to be below 0.05 / 3.
  const a = [0, 0, 0, 0, 0];
  const b = [0.3, 1, 0.6, 1.4, 0.1];
  const alone = comparePairs({ a, b });
  ok(alone[0]!.p > 0.05 / 3 && alone[0]!.p < 0.05, `${alone[0]!.p}`);
  ok(alone[0]!.differs);
  const among = comparePairs({ a, b, c: [0.1, -0.1, 0.3, -0.3, 0.05] });
  ok(!among[0]!.differs);
});
