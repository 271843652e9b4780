/**
 * Convolutions from an image to a code.
 *
 * @module
 */
import { checkSize, imageShape } from "./check.ts";
import { flatten } from "./layers/activation.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { normalised } from "./layers/normalised.ts";
import { type Network, network, sequence } from "./network.ts";

/** Options of {@linkcode imageEncoder}. */
export interface ImageEncoderOptions {
  /** Shape of one image, such as `[64, 64, 3]`. */
  inputShape: readonly number[];
  /** Numbers of a code. @default {64} */
  code?: number;
  /** How often the image is halved. @default {4} */
  levels?: number;
  /** Channels of the first level; each level doubles them. @default {128} */
  width?: number;
  /** Height and width of kernels. @default {5} */
  size?: number;
}

/**
 * Convolutions of stride 2, each followed by batch normalisation and ReLU, and a dense
 * layer to the code.
 *
 * @throws {RangeError} If an option is out of range, or the input no image.
 *
 * @example The encoder of WAE for CelebA: 64 → 4 pixels a side, 1024 channels, 64
 * ```ts
 * import { imageEncoder } from "./image_encoder.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const { parameters, outputShape } = imageEncoder({ inputShape: [64, 64, 3] });
 * deepStrictEqual(outputShape, [64]);
 * deepStrictEqual(parameters.at(-2)!.shape, [4 * 4 * 1024, 64]);
 * ```
 *
 * Reference: I. Tolstikhin et al., 2018, arXiv 1711.01558, appendix C.
 */
export function imageEncoder(options: ImageEncoderOptions): Network {
  const { inputShape, code = 64, levels = 4, width = 128, size = 5 } = options;
  checkSize("levels", levels);
  checkSize("width", width);
  imageShape(inputShape);
  return network(
    `image-encoder-${levels}-${width}`,
    { kind: "imageEncoder", inputShape, code, levels, width, size },
    sequence([
      ...Array.from({ length: levels }, (_, i) => i).flatMap((i) => [
        [
          `convolution${i + 1}`,
          convolution({ filters: width * 2 ** i, size, stride: 2 }),
        ] as const,
        [`after${i + 1}`, normalised] as const,
      ]),
      ["", flatten()],
      ["code", dense({ units: code })],
    ]),
  );
}
