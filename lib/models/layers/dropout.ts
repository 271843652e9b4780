/**
 * Dropout whose mask depends only on a seed.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { dropout as drop } from "../../runtime/random_uniform.ts";
import type { Tensor, Tensor1D } from "../../runtime/tensor.ts";
import type { LayerFactory } from "../network.ts";

/**
 * What a layer's place is multiplied by before it is added to the seed: large, so
 * that no layer gets the mask that another has under a seed near by.
 */
const STRIDES = [0x9E3779B9, 0xBB67AE85];

/**
 * The seed of a place in a network.
 *
 * @param seed The seed of a forward pass, int32 `[2]`.
 * @param place How many masks were drawn before in this pass.
 */
export function seedOfPlace(
  seed: Tensor1D,
  place: number,
): Tensor1D {
  const offset = STRIDES.map((stride) => Math.imul(stride, place));
  return tf.add(seed, tf.tensor1d(offset, "int32"));
}

/**
 * Sets a share of the values to zero in training and scales the others by
 * 1 / (1 − rate).
 *
 * The mask is a function of the step's seed and of the layer's place in the
 * network, so the same seed gives the same mask.
 *
 * @param rate The share, in [0, 1).
 * @throws {RangeError} If rate is out of range.
 *
 * Reference: N. Srivastava et al., JMLR 15, 2014.
 */
export function dropout(rate: number): LayerFactory {
  return dropped(
    rate,
    (input, seed) => drop(input, rate, seed),
    () => tf.layers.dropout({ rate }),
  );
}

/**
 * Sets a share of the channels of each image to zero in training and scales the
 * others by 1 / (1 − rate); as {@linkcode dropout} otherwise.
 *
 * @param rate The share, in [0, 1).
 * @throws {RangeError} If rate is out of range.
 *
 * Reference: J. Tompson et al., 2014, arXiv 1411.4280, "SpatialDropout".
 */
export function channelDropout(rate: number): LayerFactory {
  return dropped(
    rate,
    (input, seed) => {
      const [batch, , , channels] = input.shape as [
        number,
        number,
        number,
        number,
      ];
      return tf.mul(input, drop(tf.ones([batch, 1, 1, channels]), rate, seed));
    },
    ([, , channels]) =>
      tf.layers.dropout({ rate, noiseShape: [null!, 1, 1, channels!] }),
  );
}

/** A layer that drops in training. */
function dropped(
  rate: number,
  drop: (input: Tensor, seed: Tensor1D) => Tensor,
  layer: (inputShape: readonly number[]) => tf.layers.Layer,
): LayerFactory {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`rate must be in [0, 1), got ${rate}`);
  }
  return (inputShape) => ({
    outputShape: inputShape,
    parameters: [],
    apply(_, input, context) {
      if (!context.training || context.dropout === false || rate === 0) {
        return input;
      }
      if (context.seed === undefined) {
        throw new TypeError(
          "A network with dropout needs a seed to be trained",
        );
      }
      const seed = seedOfPlace(context.seed, context.dropoutCount++);
      return drop(input, seed);
    },
    toLayers: (input, place) =>
      rate === 0 ? input : place(layer(inputShape), input),
  });
}
