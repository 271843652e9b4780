/**
 * The residual network of 18 layers that section 4 of Gorti and Ravaut trains.
 *
 * @module
 */
import { show } from "../text/show.ts";
import { checkSize } from "./check.ts";
import { heNormal } from "./initialisers.ts";
import { relu } from "./layers/activation.ts";
import { batchNormalisation } from "./layers/batch_normalisation.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { channelDropout } from "./layers/dropout.ts";
import { globalAveragePool, pool } from "./layers/pooling.ts";
import { residual } from "./layers/residual.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode resnet18}. */
export interface Resnet18Options {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /** Channels of the four stages. @default {[16, 32, 64, 128]} */
  widths?: readonly number[];
  /** Blocks of two convolutions in each stage; 2 makes 18 layers. @default {2} */
  blocks?: number;
  /** Share of the channels dropped after the second and the fourth stage, in [0, 1). @default {0} */
  dropoutRate?: number;
  /** Number of classes. @default {10} */
  classes?: number;
}

/** A 3×3 or 1×1 convolution with normalisation. */
function normalised(filters: number, size: number, stride = 1): LayerFactory {
  return sequence([
    ["convolution", convolution({ filters, size, stride })],
    ["normalisation", batchNormalisation()],
  ]);
}

/** Two convolutions, the way around them added, ReLU. */
function block(filters: number, stride: number): LayerFactory {
  return (inputShape) => {
    const changes = stride > 1 || inputShape[2] !== filters;
    const around = changes ? { shortcut: normalised(filters, 1, stride) } : {};
    return sequence([
      [
        "",
        residual({
          body: sequence([
            ["1", normalised(filters, 3, stride)],
            ["", relu()],
            ["2", normalised(filters, 3)],
          ]),
          ...around,
        }),
      ],
      ["", relu()],
    ])(inputShape);
  };
}

/**
 * A ResNet-18 with narrow stages: 3×3 convolution, 3×3 maximum of stride 2; four
 * stages of blocks, of which the second and the fourth halve the image; mean over the
 * image, classes. Normalisation follows each convolution, ReLU the sum. Kernels are
 * initialised as He's.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { resnet18 } from "./resnet_18.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { name, parameters } = resnet18({ inputShape: [32, 32, 3] });
 * strictEqual(name, "resnet-18-16-32-64-128");
 * const kernels = parameters.filter((p) => p.role === "kernel");
 * strictEqual(kernels.length, 18 + 3); // three shortcuts
 * ```
 *
 * Reference: K. He, X. Zhang, S. Ren, J. Sun, 2015, arXiv 1512.03385, table 1; with
 * widths, strides and dropout as S. Gorti and M. Ravaut's program has them (2018, arXiv
 * 1801.09136).
 */
export function resnet18(options: Resnet18Options): Network {
  const {
    inputShape,
    widths = [16, 32, 64, 128],
    blocks = 2,
    dropoutRate = 0,
    classes = 10,
  } = options;
  checkSize("blocks", blocks);
  if (!Array.isArray(widths) || widths.length !== 4) {
    throw new RangeError(`widths must be four numbers, got ${show(widths)}`);
  }
  const stages = widths.flatMap((
    width,
    stage,
  ): (readonly [string, LayerFactory])[] => [
    [
      `stage${stage + 1}`,
      sequence(
        Array.from({ length: blocks }, (_, i) => [
          `block${i + 1}`,
          block(width, stage % 2 === 1 && i === 0 ? 2 : 1),
        ]),
      ),
    ],
    ...stage % 2 === 1 ? [["", channelDropout(dropoutRate)] as const] : [],
  ]);
  const dropping = dropoutRate > 0 ? `-dropout-${dropoutRate}` : "";
  return network(
    `resnet-${8 * blocks + 2}-${widths.join("-")}${dropping}`,
    { kind: "resnet18", inputShape, widths, blocks, dropoutRate, classes },
    sequence([
      ["stem", normalised(widths[0]!, 3)],
      ["", relu()],
      ["", pool({ kind: "max", size: 3, stride: 2, padding: "same" })],
      ...stages,
      ["", globalAveragePool()],
      [
        "output",
        (shape) =>
          dense({ units: classes, kernel: heNormal(shape[0]!) })(shape),
      ],
    ]),
  );
}
