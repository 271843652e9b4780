import { strictEqual } from "node:assert";
import { show } from "../../lib/text/show.ts";

Deno.test("show() writes primitive values as code does", () => {
  strictEqual(show(0.1), "0.1");
  strictEqual(show(NaN), "NaN");
  strictEqual(show(-Infinity), "-Infinity");
  strictEqual(show(undefined), "undefined");
  strictEqual(show(null), "null");
  strictEqual(show(true), "true");
  strictEqual(show(12n), "12");
  strictEqual(show("a"), '"a"');
});

Deno.test("show() names what is too large to write", () => {
  strictEqual(show({ kind: "cosine" }), "an object");
  strictEqual(show([]), "an array of 0");
  strictEqual(show(() => 1), "a function");
});

Deno.test("show() keeps untrusted strings short and on one line", () => {
  const shown = show("\u001b[31m\n" + "x".repeat(1000));
  strictEqual(shown.includes("\n"), false);
  strictEqual(shown.includes("\u001b"), false);
  strictEqual(shown.length < 90, true);
  strictEqual(shown.endsWith('…"'), true);
});
