/**
 * Two-dimensional convolutions.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkSize, imageShape, outputLength } from "../check.ts";
import { heNormal, type Initialiser } from "../initialisers.ts";
import type { LayerFactory } from "../network.ts";

/** Options of {@linkcode convolution}. */
export interface ConvolutionOptions {
  /** Number of output channels. */
  filters: number;
  /** Height and width of the kernel. */
  size: number;
  /** Step between outputs. @default {1} */
  stride?: number;
  /** `same` keeps ⌈size / stride⌉; `valid` uses whole windows only. @default {"same"} */
  padding?: "same" | "valid";
  /** Initial kernel, by default He's. */
  kernel?: Initialiser;
  /** Initial bias, by default none (null): a normalisation usually follows. */
  bias?: Initialiser | null;
}

/**
 * Convolution of `[batch, height, width, channels]`; kernel `[size, size, in, out]`.
 *
 * @throws {RangeError} If an option is out of range; the factory, if the input is
 * too small.
 */
export function convolution(options: ConvolutionOptions): LayerFactory {
  const { filters, size, stride = 1, padding = "same", bias = null } = options;
  checkSize("filters", filters);
  checkSize("size", size);
  checkSize("stride", stride);
  return (inputShape) => {
    const [height, width, channels] = imageShape(inputShape);
    const length = (n: number) => outputLength(n, { size, stride, padding });
    return {
      outputShape: [length(height), length(width), filters],
      parameters: [
        {
          name: "kernel",
          shape: [size, size, channels, filters],
          role: "kernel",
          filterAxis: 3,
          initialise: options.kernel ?? heNormal(size * size * channels),
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
        const output = tf.conv2d(
          input as tf.Tensor4D,
          weights as tf.Tensor4D,
          stride,
          padding,
        );
        return offset === undefined ? output : tf.add(output, offset);
      },
      toLayers: (input, place) =>
        place(
          tf.layers.conv2d({
            filters,
            kernelSize: size,
            strides: stride,
            padding,
            useBias: bias !== null,
          }),
          input,
          bias === null ? 1 : 2,
        ),
    };
  };
}
