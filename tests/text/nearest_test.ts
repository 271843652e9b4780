import { strictEqual } from "node:assert";
import fc from "fast-check";
import { didYouMean, nearest } from "../../lib/text/nearest.ts";

const FLAGS = ["paper", "figure", "scale", "seeds", "data", "backend", "out"];

Deno.test("nearest() finds a name with a letter missing, added, changed or swapped", () => {
  strictEqual(nearest("figur", FLAGS), "figure");
  strictEqual(nearest("sccale", FLAGS), "scale");
  strictEqual(nearest("seads", FLAGS), "seeds");
  strictEqual(nearest("dtaa", FLAGS), "data");
});

Deno.test("nearest() counts a swap of neighbours as one edit", () => {
  // Two substitutions would be too far for a name of three letters.
  strictEqual(nearest("otu", FLAGS), "out");
});

Deno.test("nearest() ignores case and the marks between words", () => {
  strictEqual(nearest("K_DECAY", ["step", "kDecay"]), "kDecay");
  strictEqual(nearest("warm-up", ["warmUp"]), "warmUp");
});

Deno.test("nearest() finds nothing for a name unlike any other", () => {
  strictEqual(nearest("frobnicate", FLAGS), undefined);
  strictEqual(nearest("", FLAGS), undefined);
  strictEqual(nearest("out", []), undefined);
});

Deno.test("nearest() prefers the first of equally near candidates", () => {
  strictEqual(nearest("cat", ["bat", "hat"]), "bat");
});

Deno.test("nearest() does not compare names that nobody typed", () => {
  strictEqual(nearest("a".repeat(65), ["a".repeat(64)]), undefined);
});

Deno.test("nearest() finds every candidate by its own name", () => {
  fc.assert(fc.property(
    fc.uniqueArray(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }),
    (names) => names.every((name) => nearest(name, names) === name),
  ));
});

Deno.test("didYouMean() escapes the name it suggests", () => {
  strictEqual(didYouMean("ab", ['a"b']), '; did you mean "a\\"b"?');
});
