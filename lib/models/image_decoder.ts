/**
 * Transposed convolutions from a code to an image.
 *
 * @module
 */
import { checkSize, imageShape } from "./check.ts";
import { constant, heNormal } from "./initialisers.ts";
import { reshaped, sigmoid } from "./layers/activation.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { normalised } from "./layers/normalised.ts";
import { transposedConvolution } from "./layers/transposed_convolution.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode imageDecoder}. */
export interface ImageDecoderOptions {
  /** Shape of one code: `[numbers]`. */
  inputShape: readonly number[];
  /** Shape of one image, such as `[64, 64, 3]`; sides are multiples of 2^levels. */
  imageShape: readonly number[];
  /** How often the image is doubled. @default {3} */
  levels?: number;
  /** Channels of the last level; each level below it has twice as many. @default {128} */
  width?: number;
  /** Height and width of kernels. @default {5} */
  size?: number;
}

/**
 * A dense layer, transposed convolutions of stride 2 that each halve the channels, with
 * batch normalisation and ReLU after all of these, and a convolution to an image in
 * (0, 1), with a sigmoid.
 *
 * @throws {RangeError} If an option is out of range, or the image cannot be halved so
 * often.
 *
 * @example The decoder of WAE for CelebA: 64 → 8 · 8 · 1024, → 64 pixels a side
 * ```ts
 * import { imageDecoder } from "./image_decoder.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { parameters, outputShape } = imageDecoder({
 *   inputShape: [64],
 *   imageShape: [64, 64, 3],
 * });
 * deepStrictEqual(outputShape, [64, 64, 3]);
 * deepStrictEqual(parameters[0]!.shape, [64, 8 * 8 * 1024]);
 * ```
 *
 * Reference: I. Tolstikhin et al., 2018, arXiv 1711.01558, appendix C.
 */
export function imageDecoder(options: ImageDecoderOptions): Network {
  const { inputShape, levels = 3, width = 128, size = 5 } = options;
  checkSize("levels", levels);
  checkSize("width", width);
  const [height, across, channels] = imageShape(options.imageShape);
  const factor = 2 ** levels;
  if (height % factor !== 0 || across % factor !== 0) {
    throw new RangeError(
      `an image of ${height}×${across} cannot be halved ${levels} times: lower levels, or scale it`,
    );
  }
  const first = [height / factor, across / factor, width * factor] as const;
  const up = (filters: number): LayerFactory => (shape) =>
    transposedConvolution({
      filters,
      size,
      stride: 2,
      kernel: heNormal(size * size * shape[2]! / 4),
    })(shape);
  return network(
    `image-decoder-${levels}-${width}`,
    {
      kind: "imageDecoder",
      inputShape,
      imageShape: options.imageShape,
      levels,
      width,
      size,
    },
    sequence([
      ["dense", dense({ units: first[0] * first[1] * first[2], bias: null })],
      ["", reshaped(first)],
      ["after0", normalised],
      ...Array.from({ length: levels }, (_, i) => i).flatMap((i) => [
        [`up${i + 1}`, up(width * 2 ** (levels - 1 - i))] as const,
        [`after${i + 1}`, normalised] as const,
      ]),
      ["output", convolution({ filters: channels, size, bias: constant(0) })],
      ["", sigmoid()],
    ]),
  );
}
