/**
 * Pictures of few colours as small PNG files.
 *
 * @module
 */
import { deflateSync } from "node:zlib";
import { pngFile } from "./encode_png.ts";

/** The most colours of a palette, and how many are the commonest where not all are. */
const MOST = 256, COMMONEST = 128;

/** The square of a difference of colours from which on another entry is worth it. */
const APART = 3 * 6 ** 2;

/** The largest square of a difference of colours that nobody minds. */
const NEAR = 3 * 16 ** 2;

/** The share of pixels that may differ by more: shades at edges do, photographs more often. */
const FAR_SHARE = 0.002;

/**
 * The commonest colours, then others that are unlike those before them: shades of many
 * lines and areas are spread over the palette.
 */
function spreadPalette(ranked: readonly number[]): number[] {
  const palette = ranked.slice(0, COMMONEST);
  for (const colour of ranked.slice(COMMONEST)) {
    if (palette.length === MOST) break;
    if (nearest(colour, palette).distance >= APART) palette.push(colour);
  }
  return palette;
}

/** Each colour's index in a palette; undefined if too many pixels are far from it. */
function indicesIn(
  palette: readonly number[],
  ranked: readonly number[],
  counts: ReadonlyMap<number, number>,
  pixels: number,
): Map<number, number> | undefined {
  const indices = new Map(palette.map((colour, i) => [colour, i]));
  let far = 0;
  for (const colour of ranked) {
    if (indices.has(colour)) continue;
    const { index, distance } = nearest(colour, palette);
    indices.set(colour, index);
    if (distance > NEAR) far += counts.get(colour)!;
    if (far > FAR_SHARE * pixels) return undefined;
  }
  return indices;
}

/**
 * Opaque pixels as a PNG file with a palette of 256 colours, and for each other pixel
 * the nearest of them. A figure has few colours besides the shades
 * at the edges of its lines, and takes a third of the bytes. The same pixels give
 * the same bytes.
 *
 * @param pixels Red, green, blue and opacity of each pixel, row by row.
 * @param width Pixels in a row.
 * @returns The file; undefined if a pixel is not opaque, or if a palette would spoil
 * the picture, as it does photographs.
 *
 * @example
 * ```ts
 * import { palettePng } from "./palette_png.ts";
 * import { strictEqual } from "node:assert";
 *
 * const png = palettePng(Uint8Array.of(255, 0, 0, 255), 1)!;
 * strictEqual(new TextDecoder().decode(png.slice(1, 4)), "PNG");
 * strictEqual(palettePng(Uint8Array.of(255, 0, 0, 9), 1), undefined);
 * ```
 */
export function palettePng(
  pixels: Uint8Array,
  width: number,
): Uint8Array | undefined {
  const count = pixels.length / 4, height = count / width;
  const colours = new Uint32Array(count);
  const counts = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    if (pixels[4 * i + 3] !== 255) return undefined;
    const colour = pixels[4 * i]! << 16 | pixels[4 * i + 1]! << 8 |
      pixels[4 * i + 2]!;
    colours[i] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  // Equally common ones by their value, so that the order does not matter.
  const ranked = [...counts]
    .sort(([a, m], [b, n]) => n - m || a - b).map(([colour]) => colour);
  let palette = ranked.slice(0, MOST);
  let indices = indicesIn(palette, ranked, counts, count);
  if (indices === undefined) {
    palette = spreadPalette(ranked);
    indices = indicesIn(palette, ranked, counts, count);
  }
  if (indices === undefined) return undefined;
  // Each row begins with its filter, none.
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indices.get(colours[y * width + x]!)!;
    }
  }
  return pngFile(width, height, 3, [
    ["PLTE", Uint8Array.from(palette.flatMap(channels))],
    ["IDAT", deflateSync(rows, { level: 9 })],
  ]);
}

function channels(colour: number): [number, number, number] {
  return [colour >> 16, colour >> 8 & 255, colour & 255];
}

/** The index of the colour that differs least, and the square of the difference. */
function nearest(
  colour: number,
  palette: readonly number[],
): { index: number; distance: number } {
  const own = channels(colour);
  let found = 0, least = Infinity;
  for (const [index, other] of palette.entries()) {
    const distance = channels(other)
      .reduce((sum, value, i) => sum + (value - own[i]!) ** 2, 0);
    if (distance < least) [least, found] = [distance, index];
  }
  return { index: found, distance: least };
}
