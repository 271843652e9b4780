/**
 * Convolutions that make images larger.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkSize, imageShape } from "../check.ts";
import type { Initialiser } from "../initialisers.ts";
import type { LayerFactory } from "../network.ts";

/** Options of {@linkcode transposedConvolution}. */
export interface TransposedConvolutionOptions {
  /** Number of output channels. */
  filters: number;
  /** Height and width of the kernel. */
  size: number;
  /** How many times larger the image becomes. */
  stride: number;
  /** Initial kernel. */
  kernel: Initialiser;
  /** Initial bias, by default none (null). */
  bias?: Initialiser | null;
}

/**
 * The transpose of a `same` convolution of that stride: `[batch, h, w, in]` becomes
 * `[batch, stride·h, stride·w, filters]`; kernel `[size, size, filters, in]`.
 *
 * @throws {RangeError} If an option is out of range; the factory, if the input is
 * no image.
 */
export function transposedConvolution(
  options: TransposedConvolutionOptions,
): LayerFactory {
  const { filters, size, stride, kernel, bias = null } = options;
  checkSize("filters", filters);
  checkSize("size", size);
  checkSize("stride", stride);
  return (inputShape) => {
    const [height, width, channels] = imageShape(inputShape);
    const outputShape: [number, number, number] = [
      stride * height,
      stride * width,
      filters,
    ];
    return {
      outputShape,
      parameters: [
        {
          name: "kernel",
          shape: [size, size, filters, channels],
          role: "kernel",
          filterAxis: 2,
          initialise: kernel,
        },
        ...bias === null ? [] : [{
          name: "bias",
          shape: [filters],
          role: "bias" as const,
          filterAxis: 0,
          initialise: bias,
        }],
      ],
      apply([weights, offset], input) {
        const output = tf.conv2dTranspose(
          input as tf.Tensor4D,
          weights as tf.Tensor4D,
          [input.shape[0]!, ...outputShape],
          stride,
          "same",
        );
        return offset === undefined ? output : tf.add(output, offset);
      },
      toLayers: (input, place) =>
        place(
          tf.layers.conv2dTranspose({
            filters,
            kernelSize: size,
            strides: stride,
            padding: "same",
            useBias: bias !== null,
          }),
          input,
          bias === null ? 1 : 2,
        ),
    };
  };
}
