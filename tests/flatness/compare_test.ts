import { ok, strictEqual } from "node:assert";
import { differencesOf } from "../../lib/flatness/compare.ts";
import { splitPValue } from "../../lib/statistics/sign_test.ts";
import { lossOfGuessing } from "../../lib/flatness/guessing.ts";

Deno.test("the sign test is the binomial distribution's two tails", () => {
  strictEqual(splitPValue(0, 5), 2 / 32);
  strictEqual(splitPValue(5, 5), 2 / 32);
  strictEqual(splitPValue(1, 5), 12 / 32);
  strictEqual(splitPValue(3, 6), 1);
  // Published tables: 8 of 30 is significant at 0.05, 10 of 30 is not.
  ok(splitPValue(8, 30) < 0.05 && splitPValue(10, 30) > 0.05);
  ok(splitPValue(500, 1000) === 1);
});

Deno.test("differences of lists are those of their largest", () => {
  const of = (value: number[] | null, error: number[] | null) => ({
    hessianTopEigenvalues: { value, error, cost: 1, invariantTo: [] },
  });
  const { hessianTopEigenvalues } = differencesOf(
    of([3, 1], [0.3, 0.1]),
    of([5, 4], [0.4, 0.2]),
  );
  strictEqual(hessianTopEigenvalues!.value, 2);
  strictEqual(hessianTopEigenvalues!.error, 0.5);
  strictEqual(
    Object.keys(differencesOf(of(null, null), of([1], null))).length,
    0,
  );
});

Deno.test("guessing: the entropy of unequal classes", () => {
  const labels = [0, 0, 0, 1];
  const expected = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
  const found = lossOfGuessing(labels, "sparseCategoricalCrossentropy", false);
  ok(Math.abs(found - expected) < 1e-15);
  strictEqual(lossOfGuessing([1, 2, 6], "meanAbsoluteError", false), 5 / 3);
});
