/**
 * Sequences of token ids, as networks read them.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";

/** The id of what is no token: it stands in front of shorter sequences. */
export const PADDING = 0;

/** The id of tokens that are not in the vocabulary. */
export const UNKNOWN = 1;

const int = (value: number) => tf.scalar(value, "int32");

/**
 * Ids as integers, those that are not in the vocabulary replaced by that of unknown
 * words.
 *
 * @param ids Whole numbers of any type.
 * @param vocabulary Ids from here on are unknown words.
 */
export function knownIds(ids: Tensor, vocabulary: number): Tensor {
  const whole = tf.cast(ids, "int32");
  return tf.where(
    tf.less(whole, int(vocabulary)),
    whole,
    tf.fill(ids.shape, UNKNOWN, "int32"),
  );
}

/**
 * Sequences forwards and backwards, with the padding in front of both: of
 * `0 0 5 6 7` the second is `0 0 7 6 5`.
 *
 * @param ids `[batch, length]`, whole numbers; padding only in front.
 * @param vocabulary Ids from here on are unknown words.
 * @returns int32 `[2, length, batch]`: directions, then steps.
 */
export function bothWays(ids: Tensor, vocabulary: number): tf.Tensor3D {
  const [batch = 0, length = 0] = ids.shape;
  const known = knownIds(ids, vocabulary);
  const padded = tf.cast(tf.equal(known, int(PADDING)), "int32");
  const paddings = tf.sum(padded, 1, true);
  const column = tf.reshape(tf.range(0, length, 1, "int32"), [1, length]);
  const from = tf.where(
    tf.less(column, paddings),
    tf.tile(column, [batch, 1]),
    tf.sub(tf.add(paddings, int(length - 1)), column),
  );
  const row = tf.reshape(tf.range(0, batch, 1, "int32"), [batch, 1]);
  const places = tf.add(tf.mul(row, int(length)), from);
  const backwards = tf.gather(
    tf.reshape(known, [-1]),
    tf.reshape(places, [-1]) as tf.Tensor1D,
  );
  return tf.stack([
    tf.transpose(known),
    tf.transpose(tf.reshape(backwards, [batch, length])),
  ]) as tf.Tensor3D;
}
