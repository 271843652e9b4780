import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { philox } from "../../lib/random/philox.ts";

type Four = [number, number, number, number];

// The known answers of the generator's authors (Random123, kat_vectors).
const answers: [[number, number], Four, Four][] = [
  [
    [0, 0],
    [0, 0, 0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0xa4093822, 0x299f31d0],
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

for (const [key, counter, words] of answers) {
  Deno.test(`philox of ${counter.map((word) => word.toString(16))}`, () =>
    deepStrictEqual(philox(key, counter), words));
}

/** Philox by its definition, in integers of any size. */
function reference(
  key: readonly number[],
  counter: readonly number[],
): number[] {
  const mask = 0xffffffffn;
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  let [a, b, c, d] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const p = a * 0xD2511F53n, q = c * 0xCD9E8D57n;
    [a, b, c, d] = [
      (q >> 32n) ^ b ^ k0,
      q & mask,
      (p >> 32n) ^ d ^ k1,
      p & mask,
    ];
    k0 = (k0 + 0x9E3779B9n) & mask;
    k1 = (k1 + 0xBB67AE85n) & mask;
  }
  return [a, b, c, d].map(Number);
}

Deno.test("philox is its definition, everywhere", () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(
      fc.tuple(word, word),
      fc.tuple(word, word, word, word),
      (key, counter) =>
        deepStrictEqual(philox(key, counter), reference(key, counter)),
    ),
  );
});
