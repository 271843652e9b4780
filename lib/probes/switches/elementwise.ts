/**
 * Switches that decide number by number.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import type { Switch } from "./switch.ts";

/** 1 where the condition holds, else 0. */
function indicator(condition: Tensor): Tensor {
  return tf.cast(condition, "float32");
}

/** The sum over the axes along which a tensor of `shape` was repeated. */
function unbroadcast(x: Tensor, shape: readonly number[]): Tensor {
  const missing = x.rank - shape.length;
  const axes = x.shape.flatMap((size, axis) => {
    const own = axis < missing ? 1 : shape[axis - missing]!;
    return own === 1 && size !== 1 || axis < missing ? [axis] : [];
  });
  return tf.reshape(axes.length === 0 ? x : tf.sum(x, axes), [...shape]);
}

/** A kernel that multiplies its input by a slope, which it decides. */
function slope(
  kernelName: string,
  decide: (x: Tensor, alpha: number) => Tensor,
): Switch {
  return {
    kernelName,
    saved: [],
    decide: ({ x }, { alpha }) => [decide(x!, Number(alpha))],
    apply: ({ x }, [slopes]) => tf.mul(x!, slopes!),
    gradient: (dy, _, [slopes]) => ({ x: () => tf.mul(dy, slopes!) }),
  };
}

/** max(x, 0): decides where x > 0. */
export const relu: Switch = slope(
  tf.Relu,
  (x) => indicator(tf.greater(x, 0)),
);

/** |x|: decides the sign. */
export const abs: Switch = slope(tf.Abs, (x) => tf.sign(x));

/** x, or alpha·x where x ≤ 0: decides which. */
export const leakyRelu: Switch = slope(tf.LeakyRelu, (x, alpha) => {
  const positive = indicator(tf.greater(x, 0));
  return tf.add(positive, tf.mul(alpha, tf.sub(1, positive)));
});

/** min(max(x, 0), 6): decides where x is inside, and where above. */
export const relu6: Switch = {
  kernelName: tf.Relu6,
  saved: [],
  decide: ({ x }) => [
    indicator(tf.logicalAnd(tf.greater(x!, 0), tf.less(x!, 6))),
    tf.mul(indicator(tf.greaterEqual(x!, 6)), 6),
  ],
  apply: ({ x }, [inside, six]) => tf.add(tf.mul(x!, inside!), six!),
  gradient: (dy, _, [inside]) => ({ x: () => tf.mul(dy, inside!) }),
};

/** x, or alpha·x where x ≤ 0, with an alpha that is learnt: decides which. */
export const prelu: Switch = {
  kernelName: tf.Prelu,
  saved: ["x", "alpha"],
  decide: ({ x }) => [indicator(tf.greater(x!, 0))],
  apply: ({ x, alpha }, [positive]) =>
    tf.mul(x!, tf.add(positive!, tf.mul(alpha!, tf.sub(1, positive!)))),
  gradient: (dy, { x, alpha }, [positive]) => {
    const negative = () => tf.sub(1, positive!);
    return {
      x: () => tf.mul(dy, tf.add(positive!, tf.mul(alpha!, negative()))),
      alpha: () =>
        unbroadcast(tf.mul(dy, tf.mul(x!, negative())), alpha!.shape),
    };
  },
};

/** A choice between two inputs, either of which may be repeated along axes. */
function choice(
  kernelName: string,
  decide: (a: Tensor, b: Tensor) => Tensor,
): Switch {
  return {
    kernelName,
    saved: ["a", "b"],
    decide: ({ a, b }) => [indicator(decide(a!, b!))],
    apply: ({ a, b }, [first]) =>
      tf.add(tf.mul(a!, first!), tf.mul(b!, tf.sub(1, first!))),
    gradient: (dy, { a, b }, [first]) => ({
      a: () => unbroadcast(tf.mul(dy, first!), a!.shape),
      b: () => unbroadcast(tf.mul(dy, tf.sub(1, first!)), b!.shape),
    }),
  };
}

/** max(a, b): decides which is larger. */
export const maximum: Switch = choice(tf.Maximum, tf.greaterEqual);

/** min(a, b): decides which is smaller. */
export const minimum: Switch = choice(tf.Minimum, tf.lessEqual);
