/**
 * Where the windows of a convolution lie in its input.
 *
 * @module
 */
import { checkCount } from "./check.ts";

/** How a convolution moves over its input. */
export interface Windowing {
  /** The step between windows. @default {1} */
  readonly stride?: number;
  /** `same` pads with zeros; `valid` uses whole windows only. @default {"same"} */
  readonly padding?: "same" | "valid";
}

/** The windows of a convolution. */
export interface Patches {
  /** How many windows there are. */
  readonly count: number;
  /** How many numbers each has: height · width · channels of the kernel. */
  readonly size: number;
  /**
   * The place in the flat input of each number of each window, `[count, size]`; −1 in
   * the border of zeros.
   */
  readonly places: Int32Array;
}

/**
 * The windows of a convolution of an image `[height, width, channels]` with a kernel
 * `[height, width, channels, filters]`.
 *
 * @throws {TypeError} If shapes do not fit.
 */
export function patchesOf(
  image: readonly number[],
  kernel: readonly number[],
  { stride = 1, padding = "same" }: Windowing = {},
): Patches {
  checkCount("stride", stride);
  const [height, width, channels] = image;
  const [rows, columns, depth] = kernel;
  if (image.length !== 3 || kernel.length !== 4 || channels !== depth) {
    throw new TypeError(
      `a kernel [${kernel}] does not fit an image [${image}]`,
    );
  }
  const along = (length: number, window: number) => {
    const count = padding === "same"
      ? Math.ceil(length / stride)
      : Math.floor((length - window) / stride) + 1;
    const outside = Math.max(0, (count - 1) * stride + window - length);
    const before = padding === "same" ? Math.floor(outside / 2) : 0;
    return { count, before };
  };
  const down = along(height!, rows!), across = along(width!, columns!);
  if (!(down.count > 0 && across.count > 0)) {
    throw new TypeError(`an image [${image}] is too small for [${kernel}]`);
  }
  const count = down.count * across.count;
  const size = rows! * columns! * channels!;
  const places = new Int32Array(count * size);
  let at = 0;
  for (let i = 0; i < down.count; i++) {
    for (let j = 0; j < across.count; j++) {
      for (let a = 0; a < rows!; a++) {
        for (let b = 0; b < columns!; b++) {
          const y = i * stride - down.before + a;
          const x = j * stride - across.before + b;
          const isInside = y >= 0 && y < height! && x >= 0 && x < width!;
          for (let c = 0; c < channels!; c++) {
            places[at++] = isInside ? (y * width! + x) * channels! + c : -1;
          }
        }
      }
    }
  }
  return { count, size, places };
}
