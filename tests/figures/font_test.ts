import { ok, strictEqual, throws } from "node:assert";
import golden from "../golden/figures/figures.json" with { type: "json" };
import { figureFonts, fontFiles } from "../../lib/figures/figure_fonts.ts";
import { readFont } from "../../lib/figures/font.ts";

for (const weight of ["regular", "bold"] as const) {
  Deno.test(`readFont() measures the ${weight} font as fontTools does`, async () => {
    const font = (await figureFonts())[weight];
    for (const [text, width] of Object.entries(golden[weight])) {
      ok(Math.abs(font.width(text) - width) < 1e-9, text);
    }
  });
}

Deno.test("readFont() knows the line of DejaVu Sans", async () => {
  const { regular } = await figureFonts();
  strictEqual(regular.ascent, 1901 / 2048);
  strictEqual(regular.descent, 483 / 2048);
});

Deno.test("readFont() gives characters it lacks the missing glyph's width", async () => {
  const { regular } = await figureFonts();
  strictEqual(regular.width("\u{1F600}"), regular.width("\u{1F601}"));
  ok(regular.width("\u{1F600}") > 0);
});

Deno.test("readFont() refuses what is not a font", async () => {
  throws(() => readFont(new Uint8Array(64)), SyntaxError);
  const { regular } = await fontFiles();
  const broken = regular.slice();
  broken.set([0x78], 12); // the first table's name
  throws(() => readFont(broken.subarray(0, 8)), RangeError);
});
