/**
 * U-Nets: an image from an image.
 *
 * @module
 */
import { checkSize, imageShape } from "./check.ts";
import { constant, normal } from "./initialisers.ts";
import { leakyRelu, relu, tanh } from "./layers/activation.ts";
import { concatenated } from "./layers/concatenated.ts";
import { convolution } from "./layers/convolution.ts";
import { dropout } from "./layers/dropout.ts";
import { instanceNormalisation } from "./layers/instance_normalisation.ts";
import { transposedConvolution } from "./layers/transposed_convolution.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode unet}. */
export interface UnetOptions {
  /** Shape of one image, such as `[64, 64, 3]`; sides are multiples of 2^levels. */
  inputShape: readonly number[];
  /** Channels of the output. @default {3} */
  outputs?: number;
  /** How often the image is halved. @default {6} */
  levels?: number;
  /** Channels of the first level; each level doubles them, up to eight times. @default {64} */
  width?: number;
  /** Share dropped in the inner levels on the way up, in [0, 1). @default {0.5} */
  dropoutRate?: number;
}

/** Standard deviation of initial kernels. */
const DEVIATION = 0.02;

/** The most levels, from the innermost but one, that drop on the way up. */
const DROPPING = 3;

/**
 * pix2pix's generator: 4×4 convolutions of stride 2 down to the innermost level and
 * transposed ones up again, each level's input beside what comes up from below it;
 * the output is in (−1, 1).
 *
 * On the way down: leaky ReLU of slope 0.2, convolution, normalisation of each
 * example by itself; on the way up: ReLU, transposed convolution, normalisation,
 * dropout in the three levels above the innermost. The outermost level has neither
 * on the way down but its convolution, and ends in tanh; the innermost has no
 * normalisation on the way down. Kernels are normal of deviation 0.02; only the
 * output has a bias.
 *
 * For 256 × 256 the paper's has `{ levels: 8, width: 64 }`.
 *
 * @throws {RangeError} If an option is out of range, or the image cannot be halved
 * so often.
 *
 * @example The generator of the paper
 * ```ts
 * import { unet } from "./unet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = unet({ inputShape: [256, 256, 3], levels: 8 });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual((sizes.reduce((a, b) => a + b) / 1e6).toFixed(1), "54.4");
 * ```
 *
 * Reference: P. Isola, J.-Y. Zhu, T. Zhou, A. Efros, 2017, arXiv 1611.07004,
 * section 6.1.
 * Differs from the paper: normalisation is always of one example, which is what its
 * batches of one do; nothing is dropped when testing.
 */
export function unet(options: UnetOptions): Network {
  const { inputShape, outputs = 3, levels = 6, width = 64, dropoutRate = 0.5 } =
    options;
  checkSize("levels", levels);
  const [height, imageWidth] = imageShape(inputShape);
  if (height % 2 ** levels !== 0 || imageWidth % 2 ** levels !== 0) {
    throw new RangeError(
      `an image of ${height}×${imageWidth} cannot be halved ${levels} times: lower levels, or scale it`,
    );
  }
  const kernel = normal(DEVIATION);
  const down = (filters: number): LayerFactory =>
    convolution({ filters, size: 4, stride: 2, kernel });
  const up = (filters: number): LayerFactory =>
    transposedConvolution({ filters, size: 4, stride: 2, kernel });

  /** A level within the outermost: gives as many channels as it takes. */
  function level(depth: number): LayerFactory {
    const isInnermost = depth === levels;
    const dropped = !isInnermost && depth >= levels - DROPPING;
    return (shape) => {
      const filters = width * 2 ** Math.min(depth - 1, 3);
      return sequence([
        ["", leakyRelu()],
        ["down", down(filters)],
        ...isInnermost ? [] : [
          ["normalisation", instanceNormalisation()] as const,
          ["inner", concatenated(level(depth + 1))] as const,
        ],
        ["", relu()],
        ["up", up(shape[2]!)],
        ["after", instanceNormalisation()],
        ["", dropout(dropped ? dropoutRate : 0)],
      ])(shape);
    };
  }

  return network(
    `unet-${levels}-${width}`,
    { kind: "unet", inputShape, outputs, levels, width, dropoutRate },
    sequence([
      ["down", down(width)],
      ...levels > 1 ? [["inner", concatenated(level(2))] as const] : [],
      ["", relu()],
      [
        "up",
        transposedConvolution({
          filters: outputs,
          size: 4,
          stride: 2,
          kernel,
          bias: constant(0),
        }),
      ],
      ["", tanh()],
    ]),
  );
}
