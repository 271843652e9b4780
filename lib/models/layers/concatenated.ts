/**
 * Layers that keep their input beside their output.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type LayerFactory, toLayersOf } from "../network.ts";
import { imageShape } from "../check.ts";

/**
 * The input with the body's output as further channels: [x, body(x)].
 *
 * @throws {TypeError} The factory, if the body changes height or width.
 *
 * Reference: G. Huang, Z. Liu, L. van der Maaten, K. Weinberger, 2016,
 * arXiv 1608.06993, eq. 2.
 */
export function concatenated(body: LayerFactory): LayerFactory {
  return (inputShape) => {
    const layer = body(inputShape);
    const [height, width, channels] = imageShape(inputShape);
    const [ownHeight, ownWidth, added] = imageShape(layer.outputShape);
    if (ownHeight !== height || ownWidth !== width) {
      throw new TypeError(
        `a body that gives [${layer.outputShape}] cannot be put beside its input [${inputShape}]`,
      );
    }
    return {
      outputShape: [height, width, channels + added],
      parameters: layer.parameters,
      apply: (parameters, input, context) =>
        tf.concat([input, layer.apply(parameters, input, context)], 3),
      ...toLayersOf(
        [layer],
        (input, place) =>
          place(tf.layers.concatenate(), [
            input,
            layer.toLayers!(input, place),
          ]),
      ),
    };
  };
}
