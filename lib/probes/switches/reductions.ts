/**
 * Switches that choose the largest or smallest number along axes.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import type { Switch } from "./switch.ts";

/** The axes of a reduction, as its attributes give them. */
function axesOf(
  { reductionIndices, axis }: tf.NamedAttrMap,
  rank: number,
): number[] {
  const given = (reductionIndices ?? axis) as number | number[] | undefined;
  const axes = [given ?? []].flat();
  return axes.length === 0
    ? Array.from({ length: rank }, (_, i) => i)
    : axes.map((a) => a < 0 ? a + rank : a);
}

/** A reduction that chooses one number, or shares among equal ones. */
function chosen(
  kernelName: string,
  reduce: (x: Tensor, axes: number[]) => Tensor,
): Switch {
  return {
    kernelName,
    saved: ["x"],
    decide({ x }, attributes) {
      const axes = axesOf(attributes, x!.rank);
      const equal = tf.cast(tf.equal(x!, reduce(x!, axes)), "float32");
      return [tf.div(equal, tf.sum(equal, axes, true))];
    },
    apply({ x }, [shares], attributes) {
      const axes = axesOf(attributes, x!.rank);
      return tf.sum(tf.mul(x!, shares!), axes, Boolean(attributes.keepDims));
    },
    gradient(dy, { x }, [shares], attributes) {
      const axes = axesOf(attributes, x!.rank);
      const kept = x!.shape.map((n, axis) => axes.includes(axis) ? 1 : n);
      return { x: () => tf.mul(tf.reshape(dy, kept), shares!) };
    },
  };
}

/** The maximum along axes: decides where it is. */
export const max: Switch = chosen(tf.Max, (x, axes) => tf.max(x, axes, true));

/** The minimum along axes: decides where it is. */
export const min: Switch = chosen(tf.Min, (x, axes) => tf.min(x, axes, true));
