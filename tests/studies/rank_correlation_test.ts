import { ok, strictEqual, throws } from "node:assert";
import { rankCorrelation } from "../../lib/studies/rank_correlation.ts";

Deno.test("rankCorrelation has the value of SciPy's documentation, and those by hand", () => {
  const close = (a: number[], b: number[], expected: number) =>
    ok(
      Math.abs(rankCorrelation(a, b) - expected) < 1e-12,
      `${rankCorrelation(a, b)}`,
    );
  close([1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 0.8207826816681233);
  // Ranks 4 1 2½ 2½ 5 and 2 4½ 4½ 3 1, around 3: −8.75 / √(9.5 · 9.5).
  close([3, 1, 2, 2, 9], [1, 4, 4, 2, 0], -8.75 / 9.5);
  close([1, 2, 3, 4], [4, 3, 2, 1], -1);
});

Deno.test("rankCorrelation: nothing is told by a constant; lists must match", () => {
  strictEqual(rankCorrelation([1, 1, 1], [1, 2, 3]), 0);
  throws(() => rankCorrelation([1, 2], [1]), /of one length.*got 2 and 1/);
  throws(() => rankCorrelation([1], [1]), /at least 2/);
});
