import { deepStrictEqual, throws } from "node:assert";
import fc from "fast-check";
import {
  performanceProfile,
  shareSolved,
} from "../../lib/comparison/performance_profile.ts";

// Four problems and three methods, worked by hand; the last is solved by nobody.
const costs = {
  fast: [10, 30, Infinity, Infinity],
  steady: [20, 20, 50, Infinity],
  slow: [100, 200, 75, Infinity],
};

Deno.test("the ratios of a hand-made table", () => {
  deepStrictEqual(performanceProfile(costs).ratios, {
    fast: [1, 1.5, Infinity, Infinity],
    steady: [2, 1, 1, Infinity],
    slow: [10, 10, 1.5, Infinity],
  });
});

Deno.test("the profile of a hand-made table", () => {
  const { ratios } = performanceProfile(costs);
  const at = (tau: number) =>
    Object.values(ratios).map((list) => shareSolved(list, tau));
  deepStrictEqual(at(1), [0.25, 0.5, 0]);
  deepStrictEqual(at(1.5), [0.5, 0.5, 0.25]);
  deepStrictEqual(at(2), [0.5, 0.75, 0.25]);
  deepStrictEqual(at(10), [0.5, 0.75, 0.75]);
  deepStrictEqual(at(Infinity), [0.5, 0.75, 0.75]);
});

Deno.test("profiles grow with τ, and somebody is best on what is solved", () => {
  const cost = fc.oneof(
    fc.double({ min: 1, max: 1e6, noNaN: true }),
    fc.constant(Infinity),
  );
  const table = fc.integer({ min: 1, max: 8 }).chain((count) => {
    const list = fc.array(cost, { minLength: count, maxLength: count });
    return fc.record({ a: list, b: list, c: list });
  });
  fc.assert(fc.property(table, (costs) => {
    const { ratios } = performanceProfile(costs);
    const lists = Object.values(ratios);
    const shares = [1, 1.5, 3, 10, 1e9].map((tau) =>
      lists.map((list) => shareSolved(list, tau))
    );
    const grows = lists.every((_, i) =>
      shares.every((row, at) => at === 0 || row[i]! >= shares[at - 1]![i]!)
    );
    const hasBest = lists[0]!.every((_, problem) => {
      const least = Math.min(...lists.map((list) => list[problem]!));
      return least === 1 || least === Infinity;
    });
    return grows && hasBest;
  }));
});

Deno.test("tables that are not tables are refused", () => {
  throws(() => performanceProfile({}), /got lists of no method/);
  throws(() => performanceProfile({ a: [1], b: [1, 2] }), {
    name: "TypeError",
    message: /got lists of 1, 2$/,
  });
  for (const bad of [0, -1, NaN]) {
    throws(() => performanceProfile({ a: [bad] }), RangeError);
  }
});

Deno.test("there is no share of no problems", () => {
  throws(() => shareSolved([], 1), {
    name: "RangeError",
    message: /^ratios must hold one number a problem, got none/,
  });
});
