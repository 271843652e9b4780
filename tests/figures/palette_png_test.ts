import { ok, strictEqual } from "node:assert";
import { palettePng } from "../../lib/figures/palette_png.ts";

/** A picture of given size whose colours a function gives. */
function pixels(
  width: number,
  height: number,
  colour: (x: number, y: number) => number[],
): Uint8Array {
  return Uint8Array.from(
    Array.from(
      { length: width * height },
      (_, i) => [...colour(i % width, Math.floor(i / width)), 255],
    ).flat(),
  );
}

Deno.test("palettePng: few colours, and shades of them, make a palette", () => {
  const shaded = pixels(200, 200, (x, y) => {
    const shade = x === 100 ? y : 0;
    return x < 100 ? [255, 255, 255] : [40 + shade, 20, 30];
  });
  ok(palettePng(shaded, 200) !== undefined);
});

Deno.test("palettePng: pictures in many colours have none", () => {
  // A white page, a tenth of which is a photograph with colours of its own.
  const page = pixels(
    200,
    200,
    (x, y) =>
      x >= 100 || y >= 40
        ? [x < 150 ? 255 : 250, 255, 255]
        : [(37 * x) % 256, (91 * y) % 256, (53 * x + 29 * y) % 256],
  );
  strictEqual(palettePng(page, 200), undefined);
});

Deno.test("palettePng: many shades of a few areas share a palette", () => {
  // Twenty areas, each fading into white at its edge through all shades.
  const areas = pixels(600, 200, (x, y) => {
    const area = Math.floor(x / 30), shade = (x % 30) / 30;
    const own = [12 * area, (7 * area) % 256, 255 - 12 * area];
    return own.map((c) => y < 8 ? Math.round(c + shade * (255 - c)) : c);
  });
  ok(palettePng(areas, 600) !== undefined);
});
