/**
 * The small convolutional network of cuda-convnet.
 *
 * @module
 */
import { constant, heNormal, normal } from "./initialisers.ts";
import { flatten, relu } from "./layers/activation.ts";
import { convolution } from "./layers/convolution.ts";
import { dense } from "./layers/dense.ts";
import { pool } from "./layers/pooling.ts";
import {
  type LayerFactory,
  type Network,
  network,
  sequence,
} from "./network.ts";

/** Options of {@linkcode cudaConvnet}. */
export interface CudaConvnetOptions {
  /** Shape of one image, such as `[32, 32, 3]`. */
  inputShape: readonly number[];
  /** Channels of the first two convolutions; the third has twice as many. @default {32} */
  width?: number;
  /** Number of classes. @default {10} */
  classes?: number;
  /**
   * `"paper"`: normal of deviation 1e-4, 0.01, 0.01 and 0.01, as cuda-convnet's
   * own layer definitions have it, which needs many epochs to leave the start;
   * `"he"`: He's.
   *
   * @default {"paper"}
   */
  initialisation?: "paper" | "he";
}

/**
 * conv 5×5, 32 → max-pool 3/2 → ReLU → conv 5×5, 32 → ReLU → mean-pool 3/2 →
 * conv 5×5, 64 → ReLU → mean-pool 3/2 → classes: the "small model" of Seong et
 * al. (2018).
 *
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import { cudaConvnet } from "./cuda_convnet.ts";
 * import { strictEqual } from "node:assert";
 *
 * const { parameters } = cudaConvnet({ inputShape: [32, 32, 3] });
 * const sizes = parameters.map((p) => p.shape.reduce((a, b) => a * b, 1));
 * strictEqual(sizes.reduce((a, b) => a + b), 89_578);
 * ```
 *
 * Reference: A. Krizhevsky, cuda-convnet, 2012, "layers-18pct"; without its local
 * response normalisation.
 */
export function cudaConvnet(options: CudaConvnetOptions): Network {
  const { inputShape, width = 32, classes = 10, initialisation = "paper" } =
    options;
  const kernel = (deviation: number, fanIn: number) =>
    initialisation === "paper" ? normal(deviation) : heNormal(fanIn);
  const conv = (filters: number, deviation: number): LayerFactory => (shape) =>
    convolution({
      filters,
      size: 5,
      kernel: kernel(deviation, 25 * shape[2]!),
      bias: constant(0),
    })(shape);
  const halve = (kind: "max" | "average") =>
    pool({ kind, size: 3, stride: 2, padding: "same" });
  return network(
    `cuda-convnet-${width}`,
    { kind: "cudaConvnet", inputShape, width, classes, initialisation },
    sequence([
      ["convolution1", conv(width, 1e-4)],
      ["", halve("max")],
      ["", relu()],
      ["convolution2", conv(width, 0.01)],
      ["", relu()],
      ["", halve("average")],
      ["convolution3", conv(2 * width, 0.01)],
      ["", relu()],
      ["", halve("average")],
      ["", flatten()],
      [
        "output",
        (shape) =>
          dense({ units: classes, kernel: kernel(0.01, shape[0]!) })(shape),
      ],
    ]),
  );
}
