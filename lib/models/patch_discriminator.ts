/**
 * Discriminators that judge patches of an image.
 *
 * @module
 */
import { checkSize } from "./check.ts";
import { constant, normal } from "./initialisers.ts";
import { leakyRelu } from "./layers/activation.ts";
import { convolution } from "./layers/convolution.ts";
import { instanceNormalisation } from "./layers/instance_normalisation.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode patchDiscriminator}. */
export interface PatchDiscriminatorOptions {
  /** Shape of what is judged, such as `[64, 64, 6]`: input and image, channels together. */
  inputShape: readonly number[];
  /** Convolutions of stride 2, which decide the size of a patch. @default {3} */
  layers?: number;
  /** Channels of the first convolution; the next double them, up to eight times. @default {64} */
  width?: number;
}

/** Standard deviation of initial kernels. */
const DEVIATION = 0.02;

/**
 * The side in pixels of the patch that one output of a
 * {@linkcode patchDiscriminator} sees: 9·2^layers − 2, so 16, 34 and 70 for one, two
 * and three layers.
 *
 * @example
 * ```ts
 * import { receptiveField } from "./patch_discriminator.ts";
 * import { strictEqual } from "node:assert";
 *
 * strictEqual(receptiveField(3), 70);
 * ```
 */
export function receptiveField(layers: number): number {
  return 9 * 2 ** layers - 2;
}

/**
 * pix2pix's PatchGAN: 4×4 convolutions, `layers` of stride 2 and one of stride 1,
 * each followed by normalisation of each example by itself (but the first) and leaky
 * ReLU of slope 0.2, and a last one to a logit a patch: positive for "real".
 * Kernels are normal of deviation 0.02.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example The discriminator of the paper sees patches of 70 × 70
 * ```ts
 * import { patchDiscriminator } from "./patch_discriminator.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const { name, outputShape } = patchDiscriminator({ inputShape: [256, 256, 6] });
 * strictEqual(name, "patch-70-64");
 * deepStrictEqual(outputShape, [32, 32, 1]);
 * ```
 *
 * Reference: P. Isola, J.-Y. Zhu, T. Zhou, A. Efros, 2017, arXiv 1611.07004,
 * section 6.1.2.
 * Differs from the paper: convolutions of stride 1 keep the size, where the authors'
 * code loses a row and a column each.
 */
export function patchDiscriminator(
  options: PatchDiscriminatorOptions,
): Network {
  const { inputShape, layers = 3, width = 64 } = options;
  checkSize("layers", layers);
  const kernel = normal(DEVIATION), bias = constant(0);
  const inner = Array.from(
    { length: layers },
    (_, i): [string, LayerFactory] => [
      `layer${i + 2}`,
      sequence([
        [
          "convolution",
          convolution({
            filters: width * 2 ** Math.min(i + 1, 3),
            size: 4,
            stride: i + 1 < layers ? 2 : 1,
            kernel,
          }),
        ],
        ["normalisation", instanceNormalisation()],
        ["", leakyRelu()],
      ]),
    ],
  );
  return network(
    `patch-${receptiveField(layers)}-${width}`,
    { kind: "patchDiscriminator", inputShape, layers, width },
    sequence([
      [
        "layer1",
        convolution({ filters: width, size: 4, stride: 2, kernel, bias }),
      ],
      ["", leakyRelu()],
      ...inner,
      ["output", convolution({ filters: 1, size: 4, kernel, bias })],
    ]),
  );
}
