/**
 * Residual connections.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type LayerFactory, prefixed, toLayersOf } from "../network.ts";

/** The parts of a {@linkcode residual} block. */
export interface ResidualOptions {
  /** Applied first, to what both ways take; omit for none. */
  before?: LayerFactory;
  /** The way that learns. */
  body: LayerFactory;
  /**
   * The way around, where shapes differ; it starts after `before`. Without one
   * the block's own input is added.
   */
  shortcut?: LayerFactory;
}

/**
 * body(before(x)) + x, or + shortcut(before(x)) where the shape changes.
 *
 * Reference: K. He, X. Zhang, S. Ren, J. Sun, 2016, arXiv 1603.05027, eq. 1 and
 * figure 4(e).
 *
 * @throws {TypeError} The factory, if the two ways give different shapes.
 */
export function residual(
  { before, body, shortcut }: ResidualOptions,
): LayerFactory {
  return (inputShape) => {
    const first = before?.(inputShape);
    const inner = first?.outputShape ?? inputShape;
    const main = body(inner);
    const around = shortcut?.(inner);
    const [a, b] = [main.outputShape, around?.outputShape ?? inputShape];
    if (a.join() !== b.join()) {
      throw new TypeError(
        `the body of a residual block gives [${a}], the way around it [${b}]`,
      );
    }
    return {
      outputShape: main.outputShape,
      parameters: [
        ...prefixed("before", first?.parameters ?? []),
        ...prefixed("body", main.parameters),
        ...prefixed("shortcut", around?.parameters ?? []),
      ],
      apply(parameters, input, context) {
        const a = first?.parameters.length ?? 0;
        const b = a + main.parameters.length;
        const x = first?.apply(parameters.slice(0, a), input, context) ?? input;
        const y = main.apply(parameters.slice(a, b), x, context);
        return tf.add(
          y,
          around?.apply(parameters.slice(b), x, context) ?? input,
        );
      },
      ...toLayersOf([first, main, around], (input, place) => {
        const x = first?.toLayers?.(input, place) ?? input;
        const y = main.toLayers!(x, place);
        const z = around?.toLayers?.(x, place) ?? input;
        return place(tf.layers.add(), [y, z]);
      }),
    };
  };
}
