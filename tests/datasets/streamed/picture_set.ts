/** A folder of small pictures, a folder a class. */
import { encodePng } from "../../../lib/figures/encode_png.ts";
import { Purpose, randomStream } from "../../../lib/random/stream.ts";
import { writeTree } from "../io/picture_folders.ts";

/** The classes' folders. */
export const classNames = ["n01", "n02", "n03"];

/** A picture of noise around its class's colour, as RGBA bytes. */
export function pixels(
  height: number,
  width: number,
  label: number,
  part: number,
): Uint8Array {
  const random = randomStream(3, Purpose.generatedData, part);
  return Uint8Array.from(
    { length: 4 * height * width },
    (_, i) =>
      i % 4 === 3
        ? 255
        : i % 4 === label
        ? 128 + random.integer(128)
        : random.integer(128),
  );
}

/**
 * Writes `train` and `val` with so many pictures a class.
 *
 * @param size Rows and columns of picture i of a part.
 */
export async function writePictures(
  folder: string,
  counts: { train: number; val: number },
  size: (i: number) => [height: number, width: number],
): Promise<void> {
  const files: Record<string, Uint8Array> = {};
  let picture = 0;
  for (const [part, count] of Object.entries(counts)) {
    classNames.forEach((name, label) => {
      for (let i = 0; i < count; i++) {
        const [height, width] = size(i);
        files[`${part}/${name}/${String(i).padStart(3, "0")}.png`] = encodePng(
          pixels(height, width, label, picture++),
          width,
        );
      }
    });
  }
  await writeTree(folder, files);
}
