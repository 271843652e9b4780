/**
 * Layers side by side.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { imageShape } from "../check.ts";
import { type LayerFactory, prefixed, toLayersOf } from "../network.ts";

/**
 * What several layers make of the same image, as channels beside each other.
 *
 * @param layers Pairs of name and layer, each under a name of its own.
 * @throws {TypeError} The factory, if the outputs differ in height or width.
 *
 * Reference: C. Szegedy et al., 2014, arXiv 1409.4842, figure 2.
 */
export function branches(
  layers: readonly (readonly [name: string, factory: LayerFactory])[],
): LayerFactory {
  return (inputShape) => {
    const parts = layers.map(([name, factory]) => ({
      name,
      layer: factory(inputShape),
    }));
    const shapes = parts.map(({ layer }) => imageShape(layer.outputShape));
    const [height, width] = shapes[0]!;
    if (shapes.some(([h, w]) => h !== height || w !== width)) {
      throw new TypeError(
        `branches must give images of one size, got ${
          shapes.map((shape) => `[${shape}]`).join(", ")
        }`,
      );
    }
    return {
      outputShape: [height, width, shapes.reduce((sum, [, , c]) => sum + c, 0)],
      parameters: parts.flatMap(({ name, layer }) =>
        prefixed(name, layer.parameters)
      ),
      apply(parameters, input, context) {
        let at = 0;
        const outputs = parts.map(({ layer }) =>
          layer.apply(
            parameters.slice(at, at += layer.parameters.length),
            input,
            context,
          )
        );
        return tf.concat(outputs, 3);
      },
      ...toLayersOf(
        parts.map(({ layer }) => layer),
        (input, place) =>
          place(
            tf.layers.concatenate(),
            parts.map(({ layer }) => layer.toLayers!(input, place)),
          ),
      ),
    };
  };
}
