/**
 * Gradients whose own gradient is right. TensorFlow.js's save an output, through which
 * the second derivative does not go: it comes out wrong, without an error
 * (tensorflow/tfjs#3252). These save the input and compute the output anew, or are
 * missing there.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";

/** A gradient from the input x: dy times the derivative of the kernel at x. */
function ofInput(
  kernelName: string,
  inputName: string,
  gradient: (dy: Tensor, x: Tensor, attributes: tf.NamedAttrMap) => Tensor,
): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: [inputName],
    gradFunc: (dy, [x], attributes) => ({
      [inputName]: () => gradient(dy as Tensor, x!, attributes),
    }),
  };
}

const tanh = ofInput(
  tf.Tanh,
  "x",
  (dy, x) => tf.mul(dy, tf.sub(1, tf.square(tf.tanh(x)))),
);

const sigmoid = ofInput(tf.Sigmoid, "x", (dy, x) => {
  const y = tf.sigmoid(x);
  return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
});

const exp = ofInput(tf.Exp, "x", (dy, x) => tf.mul(dy, tf.exp(x)));

/** Over the last axis, the only one that `tf.softmax` takes. */
const softmax = ofInput(tf.Softmax, "logits", (dy, logits) => {
  const y = tf.softmax(logits);
  const mean = tf.sum(tf.mul(dy, y), -1, true);
  return tf.mul(y, tf.sub(dy, mean));
});

/** Of a convolution's gradient by its filter, which is linear in both of its inputs. */
const convolutionFilter: tf.GradConfig = {
  kernelName: tf.Conv2DBackpropFilter,
  inputsToSave: ["x", "dy"],
  gradFunc(dFilter, saved, attributes) {
    const [x, dy] = saved as [tf.Tensor4D, tf.Tensor4D];
    const filter = dFilter as tf.Tensor4D;
    const { strides, pad, dataFormat } =
      attributes as unknown as tf.Conv2DBackpropFilterAttrs;
    return {
      x: () =>
        tf.engine().runKernel(
          tf.Conv2DBackpropInput,
          { dy, filter },
          { ...attributes, inputShape: x.shape },
        ) as Tensor,
      dy: () => tf.conv2d(x, filter, strides, pad, dataFormat),
    };
  },
};

/** Of average pooling's gradient, which is linear in dy and does not see the input. */
const averagePool: tf.GradConfig = {
  kernelName: tf.AvgPoolGrad,
  inputsToSave: ["input"],
  gradFunc(ddx, [input], attributes) {
    const { filterSize, strides, pad } =
      attributes as unknown as tf.AvgPoolGradAttrs;
    return {
      dy: () => tf.avgPool(ddx as tf.Tensor4D, filterSize, strides, pad),
      input: () => tf.zerosLike(input!),
    };
  },
};

/** Of powers whose exponent is a constant: by the base alone. */
const power: tf.GradConfig = {
  kernelName: tf.Pow,
  inputsToSave: ["a", "b"],
  gradFunc: (dy, [a, b]) => ({
    a: () =>
      tf.mul(dy as Tensor, tf.mul(b!, tf.pow(a!, tf.sub(b!, tf.scalar(1))))),
    b() {
      throw new TypeError(
        "exact second derivatives by an exponent are not known to be right: use hessian",
      );
    },
  }),
};

/** The gradients to use where second derivatives are taken. */
export const repaired: readonly tf.GradConfig[] = [
  tanh,
  sigmoid,
  exp,
  softmax,
  convolutionFilter,
  averagePool,
  power,
];
