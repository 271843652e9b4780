/**
 * Stages of pre-activation residual blocks.
 *
 * @module
 */
import { type LayerFactory, sequence } from "../network.ts";
import { convolution } from "./convolution.ts";
import { dropout } from "./dropout.ts";
import { normalised } from "./normalised.ts";
import { residual } from "./residual.ts";

/** Options of {@linkcode preActivationStage}. */
export interface StageOptions {
  /** Two 3×3 convolutions, or 1×1, 3×3 and a 1×1 of four times the width. */
  block: "basic" | "bottleneck";
  /** Channels of its 3×3 convolutions. */
  width: number;
  /** Number of blocks. */
  blocks: number;
  /** Stride of the first block. */
  stride: number;
  /** Share dropped before the last convolution of a basic block. @default {0} */
  dropoutRate?: number;
}

/** What a block does after its first normalisation. */
function body(
  { block, width, stride, dropoutRate = 0 }: Omit<StageOptions, "blocks">,
): LayerFactory {
  if (block === "basic") {
    return sequence([
      ["convolution1", convolution({ filters: width, size: 3, stride })],
      ["between1", normalised],
      ["", dropout(dropoutRate)],
      ["convolution2", convolution({ filters: width, size: 3 })],
    ]);
  }
  return sequence([
    ["convolution1", convolution({ filters: width, size: 1 })],
    ["between1", normalised],
    ["convolution2", convolution({ filters: width, size: 3, stride })],
    ["between2", normalised],
    ["convolution3", convolution({ filters: 4 * width, size: 1 })],
  ]);
}

/**
 * Residual blocks whose normalisations and rectifiers come before convolutions;
 * shortcuts are identities, and 1×1 convolutions where the shape changes.
 *
 * @throws {RangeError} If an option is out of range.
 *
 * Reference: K. He, X. Zhang, S. Ren, J. Sun, 2016, arXiv 1603.05027.
 */
export function preActivationStage(
  { blocks, ...options }: StageOptions,
): LayerFactory {
  const { block, width } = options;
  const filters = block === "basic" ? width : 4 * width;
  const layer = (stride: number): LayerFactory => (shape) => {
    const shapeChanges = stride > 1 || shape[2] !== filters;
    return residual({
      before: normalised,
      body: body({ ...options, stride }),
      ...shapeChanges
        ? { shortcut: convolution({ filters, size: 1, stride }) }
        : {},
    })(shape);
  };
  return sequence(
    Array.from({ length: blocks }, (_, i): [string, LayerFactory] => [
      `block${i + 1}`,
      layer(i === 0 ? options.stride : 1),
    ]),
  );
}
