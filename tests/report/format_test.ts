import { ok, strictEqual } from "node:assert";
import fc from "fast-check";
import {
  formatMeasured,
  formatRuns,
  formatVerdict,
} from "../../lib/report/format.ts";

Deno.test("formatMeasured() rounds to two digits of the half width", () => {
  const cases: [number, [number, number] | null, string][] = [
    [91.2345, [90.1, 92.4], "91.2 ± 1.2"],
    [1234.5, [1200, 1270], "1235 ± 35"],
    [0.00123456, [0.0012, 0.00127], "0.001235 ± 0.000035"],
    [1e-9, [0, 2e-9], "1.00e−9 ± 1.00e−9"],
    [5, [5, 5], "5 ± 0"],
    [2, [1, 5], "2.0 [1.0, 5.0]"],
    [-3.14159, null, "−3.142"],
    [0, null, "0"],
  ];
  for (const [value, interval, text] of cases) {
    strictEqual(formatMeasured({ value, interval }), text);
  }
});

Deno.test("formatMeasured() keeps words and adds unit and interval", () => {
  const interval: [number, number] = [1, 3];
  strictEqual(
    formatMeasured({ value: "k = 2", interval: null, unit: "steps" }),
    "k = 2 steps",
  );
  strictEqual(
    formatMeasured({ value: "k = 2", interval }),
    "k = 2 [1.0, 3.0]",
  );
});

Deno.test("formatMeasured() is within its last digit of the value", () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(fc.property(number, fc.double({ min: 1e-4, max: 1e5 }), (v, h) => {
    if (Number.isNaN(h)) return;
    const text = formatMeasured({ value: v, interval: [v - h, v + h] });
    const [value, half] = text.replaceAll("−", "-").split(/ ± | \[/);
    ok(Math.abs(Number(value) - v) <= 0.05 * h + 1e-9 * Math.abs(v), text);
    ok(half !== undefined);
  }));
});

Deno.test("formatVerdict() bounds what was judged below the paper's scale", () => {
  const judged = ["reproduced", "contradicted", "inconclusive"] as const;
  for (const verdict of judged) {
    strictEqual(
      formatVerdict({ verdict, scale: "smoke" }),
      `${verdict} at this scale`,
    );
    strictEqual(formatVerdict({ verdict, scale: "paper" }), verdict);
  }
  for (const verdict of ["not judged", "not run"] as const) {
    strictEqual(formatVerdict({ verdict, scale: "small" }), verdict);
  }
});

Deno.test("formatRuns() counts seeds", () => {
  strictEqual(formatRuns({ seeds: 1, scale: "smoke" }), "1 seed, smoke");
  strictEqual(formatRuns({ seeds: 0, scale: "small" }), "no runs, small");
  strictEqual(formatRuns({ seeds: 5, scale: "paper" }), "5 seeds, paper");
});
