import { deepStrictEqual, strictEqual } from "node:assert";
import { crc32, inflateSync } from "node:zlib";
import fc from "fast-check";
import { encodePng } from "../../lib/figures/encode_png.ts";

/** Pixels of a PNG whose rows all have filter 2, by the specification. */
function decode(png: Uint8Array): { width: number; pixels: number[] } {
  const view = new DataView(png.buffer);
  deepStrictEqual([...png.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const body = png.subarray(at + 4, at + 8 + length);
    strictEqual(view.getUint32(at + 8 + length), crc32(body));
    chunks.set(new TextDecoder().decode(body.subarray(0, 4)), body.subarray(4));
    at += length + 12;
  }
  deepStrictEqual([...chunks.keys()], ["IHDR", "IDAT", "IEND"]);
  const header = chunks.get("IHDR")!;
  const width = new DataView(header.buffer, header.byteOffset).getUint32(0);
  deepStrictEqual([...header.subarray(8)], [8, 6, 0, 0, 0]);
  const rows = inflateSync(chunks.get("IDAT")!);
  const pixels: number[] = [];
  for (let at = 0; at < rows.length; at += 4 * width + 1) {
    strictEqual(rows[at], 2);
    for (let x = 1; x <= 4 * width; x++) {
      const above = pixels[pixels.length - 4 * width] ?? 0;
      pixels.push((rows[at + x]! + above) % 256);
    }
  }
  return { width, pixels };
}

Deno.test("encodePng() keeps every pixel", () => {
  const images = fc.integer({ min: 1, max: 7 }).chain((width) =>
    fc.integer({ min: 1, max: 7 }).chain((height) =>
      fc.uint8Array({
        minLength: 4 * width * height,
        maxLength: 4 * width * height,
      })
        .map((pixels) => ({ width, pixels }))
    )
  );
  fc.assert(fc.property(images, ({ width, pixels }) => {
    deepStrictEqual(decode(encodePng(pixels, width)), {
      width,
      pixels: [...pixels],
    });
  }));
});
