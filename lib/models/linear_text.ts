/**
 * Linear models of texts.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkSize } from "./check.ts";
import { constant } from "./initialisers.ts";
import { knownIds, PADDING } from "./layers/token_ids.ts";
import { type LayerFactory, type Network, network } from "./network.ts";

/** Options of {@linkcode linearText}. */
export interface LinearTextOptions {
  /** Shape of one example: `[length]`, token ids with 0 in front of short texts. */
  inputShape: readonly number[];
  /** Number of classes. @default {2} */
  classes?: number;
  /** How many ids there are; larger ones become 1, the unknown word. @default {25000} */
  vocabulary?: number;
  /** Whether a word weighs the same at every place: a bag of words. @default {false} */
  bag?: boolean;
}

/**
 * Softmax regression on texts: the logit of a class is the sum of the weights that its
 * words have for it, and a bias. A word has a weight at each place, as a pixel has in a
 * linear model of images; or, of a `bag` of words, one for all places, so that only
 * counts of words matter. Padding weighs nothing. All weights begin at 0.
 *
 * @throws {RangeError} If an option is out of range, or the input no sequence.
 *
 * @example
 * ```ts
 * import { linearText } from "./linear_text.ts";
 * import { deepStrictEqual } from "node:assert";
 *
 * const data = { inputShape: [64], vocabulary: 1000 };
 * const weights = (bag: boolean) => linearText({ ...data, bag }).parameters[0]!.shape;
 * deepStrictEqual([weights(false), weights(true)], [[64_000, 2], [1000, 2]]);
 * ```
 */
export function linearText(options: LinearTextOptions): Network {
  const { inputShape, classes = 2, vocabulary = 25_000, bag = false } = options;
  checkSize("classes", classes);
  checkSize("vocabulary", vocabulary);
  const [length = 0] = inputShape;
  if (inputShape.length !== 1) {
    throw new RangeError(
      `a model of texts needs sequences [length] of token ids, got [${inputShape}]`,
    );
  }
  const layer: LayerFactory = () => ({
    outputShape: [classes],
    parameters: [
      {
        name: "kernel",
        shape: [bag ? vocabulary : length * vocabulary, classes],
        role: "kernel",
        filterAxis: 1,
        initialise: constant(0),
      },
      {
        name: "bias",
        shape: [classes],
        role: "bias",
        filterAxis: 0,
        initialise: constant(0),
      },
    ],
    apply([kernel, bias], input) {
      const ids = knownIds(input, vocabulary);
      const isWord = tf.cast(
        tf.notEqual(ids, tf.scalar(PADDING, "int32")),
        "float32",
      );
      const rows = bag ? ids : tf.add(
        ids,
        tf.mul(
          tf.reshape(tf.range(0, length, 1, "int32"), [1, length]),
          tf.scalar(vocabulary, "int32"),
        ),
      );
      const weights = tf.gather(kernel!, rows as tf.Tensor2D);
      return tf.add(
        tf.sum(tf.mul(weights, tf.expandDims(isWord, 2)), 1),
        bias!,
      );
    },
  });
  return network(
    bag ? "bag-of-words" : "linear-text",
    { kind: "linearText", inputShape, classes, vocabulary, bag },
    layer,
  );
}
