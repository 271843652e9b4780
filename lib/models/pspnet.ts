/**
 * Pyramid scene parsing networks: a class for every pixel.
 *
 * @module
 */
import { checkSize, imageShape } from "./check.ts";
import { constant, heNormal } from "./initialisers.ts";
import { convolution } from "./layers/convolution.ts";
import { dropout } from "./layers/dropout.ts";
import { normalised } from "./layers/normalised.ts";
import { preActivationStage } from "./layers/pre_activation.ts";
import { pyramidPooling } from "./layers/pyramid_pooling.ts";
import { bilinear } from "./layers/resample.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode pspnet}. */
export interface PspnetOptions {
  /** Shape of one image, such as `[48, 48, 3]`. */
  inputShape: readonly number[];
  /** Number of classes. @default {21} */
  classes?: number;
  /** Residual blocks of each stage; there are 1 to 4 stages. @default {[1, 1, 1]} */
  blocks?: readonly number[];
  /** Two 3×3 convolutions, or 1×1, 3×3 and a 1×1 of four times the width. @default {"basic"} */
  block?: "basic" | "bottleneck";
  /** Channels of the first stage's 3×3 convolutions; each stage doubles them. @default {16} */
  width?: number;
  /** The grids that are pooled over. @default {[1, 2, 3, 6]} */
  bins?: readonly number[];
  /** Channels between pyramid and classes. @default {4 · width} */
  headWidth?: number;
  /** Share dropped before the classes, in [0, 1). @default {0.1} */
  dropoutRate?: number;
}

/** Strides of the stages: the image shrinks to a quarter with the stem's, then to an eighth. */
const STRIDES = [1, 2, 2, 1];

/**
 * A network that gives logits for each pixel's class: a pre-activation residual
 * backbone (3×3 convolution of stride 2; stages of strides 1, 2, 2 and 1), means
 * over a pyramid of grids beside its features, 3×3 convolution, normalisation, ReLU,
 * dropout, 1×1 convolution to the classes, stretched to the size of the input.
 *
 * PSPNet101's depth is `{ blocks: [3, 4, 23, 3], block: "bottleneck", width: 64,
 * headWidth: 512 }`. With three stages or fewer, strides beyond them are not taken:
 * `[1, 1]` keeps a quarter of the size.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { pspnet } from "./pspnet.ts";
 * import { deepStrictEqual, strictEqual } from "node:assert";
 *
 * const { name, outputShape } = pspnet({ inputShape: [48, 48, 3], classes: 6 });
 * strictEqual(name, "pspnet-1-1-1-basic-16");
 * deepStrictEqual(outputShape, [48, 48, 6]);
 * ```
 *
 * Reference: H. Zhao, J. Shi, X. Qi, X. Wang, J. Jia, 2016, arXiv 1612.01105.
 * Differs from the paper: blocks are pre-activated and not dilated (TensorFlow.js
 * cannot differentiate dilated convolutions), nothing is trained before, there is no
 * second loss inside the backbone, and interpolation maps pixels' middles.
 */
export function pspnet(options: PspnetOptions): Network {
  const {
    inputShape,
    classes = 21,
    blocks = [1, 1, 1],
    block = "basic",
    width = 16,
    bins = [1, 2, 3, 6],
    headWidth = 4 * width,
    dropoutRate = 0.1,
  } = options;
  const [height, imageWidth] = imageShape(inputShape);
  checkSize("the number of stages in blocks", blocks.length);
  if (blocks.length > STRIDES.length) {
    throw new RangeError(
      `blocks must have at most ${STRIDES.length} stages, got ${blocks.length}`,
    );
  }
  for (const count of blocks) checkSize("each number of blocks", count);
  checkSize("classes", classes);
  checkSize("the number of bins", bins.length);
  const stages = blocks.map((count, i): [string, LayerFactory] => [
    `stage${i + 1}`,
    preActivationStage({
      block,
      width: 2 ** i * width,
      blocks: count,
      stride: STRIDES[i]!,
    }),
  ]);
  const output: LayerFactory = (shape) =>
    convolution({
      filters: classes,
      size: 1,
      kernel: heNormal(shape[2]!),
      bias: constant(0),
    })(shape);
  return network(
    `pspnet-${blocks.join("-")}-${block}-${width}`,
    {
      kind: "pspnet",
      inputShape,
      classes,
      blocks,
      block,
      width,
      bins,
      headWidth,
      dropoutRate,
    },
    sequence([
      ["stem", convolution({ filters: width, size: 3, stride: 2 })],
      ...stages,
      ["end", normalised],
      ["pyramid", pyramidPooling(bins)],
      ["head", convolution({ filters: headWidth, size: 3 })],
      ["after", normalised],
      ["", dropout(dropoutRate)],
      ["output", output],
      ["", bilinear(height, imageWidth)],
    ]),
  );
}
