import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { holm } from "../../lib/statistics/holm.ts";
import { judge, pseudoValues, together } from "../../lib/studies/statistics.ts";
import { pValue, tInterval } from "../../lib/statistics/t_interval.ts";

/** Student's classic sleep data (1908): extra hours of sleep, drug 2 minus drug 1. */
const SLEEP = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];

Deno.test("tInterval and pValue give the published numbers for Student's sleep data", () => {
  const { count, mean, low, high } = tInterval(SLEEP);
  strictEqual(count, 10);
  ok(Math.abs(mean - 1.58) < 1e-12);
  // R: t.test(extra ~ group, paired = TRUE)
  ok(Math.abs(low - 0.7001142) < 1e-6);
  ok(Math.abs(high - 2.4598858) < 1e-6);
  ok(Math.abs(pValue(SLEEP, 0) - 0.00283289) < 1e-7);
});

Deno.test("tInterval refuses a single value", () => {
  throws(() => tInterval([1]), /an interval needs at least two values, got 1/);
});

Deno.test("tInterval covers the mean in about 95 % of samples", () => {
  // A fixed sequence of pseudo-normal samples: sums of twelve uniform numbers.
  let state = 1;
  const uniform = () => (state = state * 48271 % 2147483647) / 2147483647;
  const normal = () =>
    Array.from({ length: 12 }, uniform).reduce((a, b) => a + b) - 6;
  let covered = 0;
  for (let i = 0; i < 2000; i++) {
    const { low, high } = tInterval(Array.from({ length: 5 }, normal));
    if (low <= 0 && 0 <= high) covered++;
  }
  ok(covered > 1860 && covered < 1940, `${covered} of 2000`);
});

Deno.test("judge needs the interval above zero and the effect within reach", () => {
  strictEqual(judge([1, 1.1, 0.9], 0.5).verdict, "reproduced");
  strictEqual(judge([0.1, 0.11, 0.09], 0.5).verdict, "contradicted");
  strictEqual(judge([-1, -1.1, -0.9], 0).verdict, "contradicted");
  strictEqual(judge([1, -1, 0.5], 0.2).verdict, "inconclusive");
});

Deno.test("judge: no verdict is both ways, whatever the sample", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
      minLength: 2,
      maxLength: 9,
    }),
    fc.double({ min: 0, max: 2, noNaN: true }),
    (values, effect) => {
      const { verdict, interval } = judge(values, effect);
      if (verdict === "reproduced") {
        ok(interval.low > 0 && interval.high >= effect);
      }
      if (verdict === "contradicted") ok(interval.high < effect);
    },
  ));
});

Deno.test("together holds only if all parts do", () => {
  strictEqual(together(["reproduced", "reproduced"]), "reproduced");
  strictEqual(together(["reproduced", "inconclusive"]), "inconclusive");
  strictEqual(together(["contradicted", "inconclusive"]), "contradicted");
});

Deno.test("holm gives the textbook's answer, and never rejects more than the plain test", () => {
  deepStrictEqual(holm([0.01, 0.04, 0.03, 0.005]), [true, false, false, true]);
  deepStrictEqual(holm([]), []);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
      holm(p).forEach((rejected, i) => ok(!rejected || p[i]! <= 0.05));
    }),
  );
});

Deno.test("pseudoValues take the bias of a variance away, as the jackknife does", () => {
  const variance = (kept: readonly number[]) => {
    const values = kept.map((i) => SLEEP[i]!);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    return values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  };
  const { mean } = tInterval(pseudoValues(10, variance));
  // Divided by n − 1, not n: R's var(SLEEP).
  ok(Math.abs(mean - 1.512889) < 1e-6, `${mean}`);
});
