import { deepStrictEqual, ok } from "node:assert";
import fc from "fast-check";
import { thinned } from "../../lib/figures/thinned.ts";

const line = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
  minLength: 1,
  maxLength: 500,
}).map((y) => y.map((value) => Math.round(value) + 0));

Deno.test("thinned() keeps the extremes, the order and few points", () => {
  fc.assert(fc.property(line, fc.integer({ min: 1, max: 50 }), (y, half) => {
    const x = y.map((_, i) => i);
    const result = thinned(x, y, 2 * half);
    ok(result.x.length <= 2 * half);
    deepStrictEqual(result.x, result.x.toSorted((a, b) => a! - b!));
    deepStrictEqual(result.y, result.x.map((i) => y[i!]));
    const extremes = (values: (number | null)[]) => {
      const known = values.filter((value) => value !== null);
      return [Math.min(...known), Math.max(...known)];
    };
    deepStrictEqual(extremes(result.y), extremes(y));
  }));
});

Deno.test("thinned() leaves short lines as they are", () => {
  deepStrictEqual(thinned([1, 2], [NaN, 3], 2), { x: [1, 2], y: [null, 3] });
});

Deno.test("thinned() finds numbers among gaps, and keeps a gap of its own", () => {
  const y = [NaN, 1, NaN, NaN, NaN, NaN, 2, NaN];
  const x = y.map((_, i) => i);
  deepStrictEqual(thinned(x, y, 4), { x: [1, 6], y: [1, 2] });
  const gap = [1, 1, 1, 1, NaN, NaN, NaN, NaN, 2, 2, 2, 2];
  deepStrictEqual(
    thinned(gap.map((_, i) => i), gap, 6),
    { x: [0, 4, 8], y: [1, null, 2] },
  );
});
