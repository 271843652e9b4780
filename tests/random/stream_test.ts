import { deepStrictEqual, ok, strictEqual, throws } from "node:assert";
import fc from "fast-check";
import { philox } from "../../lib/random/philox.ts";
import { randomStream } from "../../lib/random/stream.ts";

const COUNT = 100_000;
const draws = (draw: () => number) => Array.from({ length: COUNT }, draw);
const mean = (values: number[]) =>
  values.reduce((sum, x) => sum + x, 0) / values.length;

/** Asserts a mean of independent numbers of a deviation, within 5 standard errors. */
function assertMean(values: number[], expected: number, deviation: number) {
  const error = Math.abs(mean(values) - expected);
  const allowed = 5 * deviation / Math.sqrt(values.length);
  ok(
    error < allowed,
    `mean ${mean(values)}, expected ${expected} ± ${allowed}`,
  );
}

/** Asserts that counts are those of equal chances: χ² within 6 deviations. */
function assertEven(counts: number[]) {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  const chi = counts.reduce(
    (sum, n) => sum + (n - expected) ** 2 / expected,
    0,
  );
  const degrees = counts.length - 1;
  const off = Math.abs(chi - degrees) / Math.sqrt(2 * degrees);
  ok(off < 6, `χ² ${chi} at ${degrees} degrees of freedom`);
}

Deno.test("words are Philox's blocks, in order", () => {
  const stream = randomStream(2 ** 40 + 5, 1, 2, 3);
  const words = Array.from({ length: 8 }, () => stream.word());
  const key: [number, number] = [5, 256];
  deepStrictEqual(words, [
    ...philox(key, [0, 1, 2, 3]),
    ...philox(key, [1, 1, 2, 3]),
  ]);
});

Deno.test("uniform() is even in [0, 1), in its high and its low bits", () => {
  const stream = randomStream(1);
  const values = draws(() => stream.uniform());
  ok(values.every((x) => x >= 0 && x < 1));
  assertMean(values, 0.5, Math.sqrt(1 / 12));
  for (const zoom of [1, 2 ** 10, 2 ** 45]) {
    const counts = new Array(64).fill(0);
    for (const x of values) counts[Math.floor((x * zoom % 1) * 64)]++;
    assertEven(counts);
  }
});

Deno.test("integer() is even, also where 2³² is no multiple", () => {
  const stream = randomStream(2);
  const counts = new Array(7).fill(0);
  for (let i = 0; i < COUNT; i++) counts[stream.integer(7)]++;
  assertEven(counts);
  // Without redrawing, the lower third would come twice as often.
  const below = 3 * 2 ** 30;
  const thirds = [0, 0, 0];
  for (let i = 0; i < COUNT; i++) {
    thirds[Math.floor(stream.integer(below) / 2 ** 30)]!++;
  }
  assertEven(thirds);
  strictEqual(stream.integer(1), 0);
});

Deno.test("normal() has the moments of the normal distribution", () => {
  const stream = randomStream(3);
  const values = draws(() => stream.normal());
  const power = (n: number) => values.map((x) => x ** n);
  assertMean(values, 0, 1);
  assertMean(power(2), 1, Math.sqrt(2));
  assertMean(power(3), 0, Math.sqrt(15));
  assertMean(power(4), 3, Math.sqrt(96));
  // The two numbers of a pair do not depend on each other.
  assertMean(values.slice(1).map((x, i) => x * values[i]!), 0, 1);
});

Deno.test("permutation() has each number once", () => {
  fc.assert(fc.property(fc.nat(), fc.nat(200), (seed, count) => {
    const order = randomStream(seed).permutation(count);
    deepStrictEqual(
      [...order].sort((a, b) => a - b),
      Array.from({ length: count }, (_, i) => i),
    );
  }));
});

Deno.test("permutation() gives all orders alike", () => {
  const stream = randomStream(4);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const key = stream.permutation(4).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  strictEqual(counts.size, 24);
  assertEven([...counts.values()]);
});

Deno.test("other seeds and paths are other, independent numbers", () => {
  const names = [[0], [1], [2 ** 32], [0, 1], [0, 0, 1], [0, 0, 0, 1], [0, 2]];
  const streams = names.map(([seed, ...path]) => {
    const stream = randomStream(seed!, ...path);
    return draws(() => stream.uniform() - 0.5);
  });
  streams.forEach((a, i) =>
    streams.slice(i + 1).forEach((b) =>
      assertMean(a.map((x, j) => x * b[j]!), 0, 1 / 12)
    )
  );
});

Deno.test("seeds and paths out of range are refused", () => {
  throws(() => randomStream(-1), /seed must be .* got -1/);
  throws(() => randomStream(0.5), RangeError);
  throws(() => randomStream(2 ** 53), RangeError);
  throws(() => randomStream(0, 2 ** 32), /path must be .* got \[4294967296\]/);
  throws(() => randomStream(0, 1, 2, 3, 4), RangeError);
  throws(() => randomStream(0, -1), RangeError);
});
