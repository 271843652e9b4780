/**
 * Pixels as a PNG file.
 *
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/**
 * Pixels as a PNG file, losslessly. The same pixels give the same bytes.
 *
 * @param pixels Red, green, blue and opacity of each pixel, row by row.
 * @param width Pixels in a row.
 *
 * @example
 * ```ts
 * import { encodePng } from "./encode_png.ts";
 * import { strictEqual } from "node:assert";
 *
 * const red = encodePng(Uint8Array.of(255, 0, 0, 255), 1);
 * strictEqual(new TextDecoder().decode(red.slice(1, 4)), "PNG");
 * ```
 */
export function encodePng(pixels: Uint8Array, width: number): Uint8Array {
  const stride = 4 * width, height = pixels.length / stride;
  // Each row is written as what differs from the row above: filter 2.
  const rows = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    rows[y * (stride + 1)] = 2;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      rows[y * (stride + 1) + 1 + x] = pixels[at]! -
        (y > 0 ? pixels[at - stride]! : 0);
    }
  }
  return pngFile(width, height, 6, [["IDAT", deflateSync(rows)]]);
}

/**
 * The chunks of a picture as a PNG file.
 *
 * @param colours 6: red, green, blue and opacity; 3: indices of a palette.
 * @param chunks What comes between head and end, by name.
 */
export function pngFile(
  width: number,
  height: number,
  colours: 3 | 6,
  chunks: readonly (readonly [name: string, content: Uint8Array])[],
): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint32(8, 0x08000000 | colours << 16); // 8 bits, no interlacing
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    ...chunks.map(([name, content]) => chunk(name, content)),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** A chunk: the length, the name, the content and their checksum. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const body = joined([new TextEncoder().encode(name), content]);
  const result = new Uint8Array(body.length + 8);
  const view = new DataView(result.buffer);
  view.setUint32(0, content.length);
  result.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  return result;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
