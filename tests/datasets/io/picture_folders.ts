/** Small folders of pictures, as Pascal VOC's and as pix2pix's. */
import { encode } from "jpeg-js";
import { pngFile } from "../../../lib/figures/encode_png.ts";
import { deflateSync } from "node:zlib";

/** A JPEG picture whose pixels a function gives. */
export function jpeg(
  width: number,
  height: number,
  pixel: (x: number, y: number) => [number, number, number],
): Uint8Array {
  const data = new Uint8Array(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    data.set([...pixel(i % width, Math.floor(i / width)), 255], 4 * i);
  }
  return new Uint8Array(encode({ width, height, data }, 100).data);
}

/** A PNG picture of indices of a palette. */
export function indexed(
  width: number,
  height: number,
  index: (x: number, y: number) => number,
): Uint8Array {
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = index(x, y);
    }
  }
  return pngFile(width, height, 3, [
    ["PLTE", Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3))],
    ["IDAT", deflateSync(rows)],
  ]);
}

/** Writes files, by their paths in a folder. */
export async function writeTree(
  folder: string,
  files: Record<string, Uint8Array | string>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    if (typeof content === "string") await Deno.writeTextFile(path, content);
    else await Deno.writeFile(path, content);
  }
}

/** A Pascal VOC of three photographs: 16 × 8 of one colour, classes left and right. */
export function vocFiles(): Record<string, Uint8Array | string> {
  const files: Record<string, Uint8Array | string> = {
    "ImageSets/Segmentation/train.txt": "2007_000032\n2007_000039\r\n\n",
    "ImageSets/Segmentation/val.txt": "2007_000033\n",
  };
  ["2007_000032", "2007_000039", "2007_000033"].forEach((name, i) => {
    files[`JPEGImages/${name}.jpg`] = jpeg(16, 8, () => [40 * i, 100, 200]);
    files[`SegmentationClass/${name}.png`] = indexed(
      16,
      8,
      (x, y) => y === 0 ? 255 : x < 8 ? 0 : 1 + i,
    );
  });
  return files;
}
