/**
 * Pyramid pooling.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { imageShape } from "../check.ts";
import { type LayerFactory, prefixed, sequence } from "../network.ts";
import { convolution } from "./convolution.ts";
import { normalised } from "./normalised.ts";
import { adaptiveAveragePool, bilinear } from "./resample.ts";

/**
 * What each place sees of the whole image, beside what it is: for each n of `bins`
 * the means over an n × n grid, through a 1×1 convolution to ⌊channels / number of
 * bins⌋ channels (one at least), normalised, rectified, stretched to the image's size and put
 * behind the input's own channels.
 *
 * @throws {RangeError} If a bin is not an integer ≥ 1.
 *
 * Reference: H. Zhao, J. Shi, X. Qi, X. Wang, J. Jia, 2016, arXiv 1612.01105,
 * section 3.2.
 */
export function pyramidPooling(bins: readonly number[]): LayerFactory {
  return (inputShape) => {
    const [height, width, channels] = imageShape(inputShape);
    const filters = Math.max(1, Math.floor(channels / bins.length));
    const ways = bins.map((bin) => ({
      name: `bins${bin}`,
      layer: sequence([
        ["", adaptiveAveragePool(bin)],
        ["convolution", convolution({ filters, size: 1 })],
        ["after", normalised],
        ["", bilinear(height, width)],
      ])(inputShape),
    }));
    return {
      outputShape: [height, width, channels + bins.length * filters],
      parameters: ways.flatMap(({ name, layer }) =>
        prefixed(name, layer.parameters)
      ),
      apply(parameters, input, context) {
        let at = 0;
        const seen = ways.map(({ layer }) =>
          layer.apply(
            parameters.slice(at, at += layer.parameters.length),
            input,
            context,
          )
        );
        return tf.concat([input, ...seen], 3);
      },
    };
  };
}
