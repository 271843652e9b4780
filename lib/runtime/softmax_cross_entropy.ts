/**
 * The loss of classification.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { currentTensorFlowBackend } from "./state.ts";
import type { Tensor, Tensor1D } from "./tensor.ts";
import { AttributeType } from "./tensorflow/attributes.ts";
import { DataType } from "./tensorflow/data_types.ts";

/** What its scopes are called, so that a gradient can be told whose it is. */
const SCOPE = "softmaxCrossEntropy";

/** `tf.customGrad` for functions of the logits. */
const customGradient = tf.customGrad as unknown as (
  f: (logits: Tensor, save: tf.GradSaveFunc) => {
    value: Tensor;
    gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor;
  },
) => (logits: Tensor) => Tensor;

/** Losses `[batch]` and their derivatives by the logits `[batch, classes]`. */
function compute(
  labels: Tensor1D,
  logits: Tensor,
): { losses: () => Tensor; derivatives: () => Tensor } {
  const backend = currentTensorFlowBackend()?.backend;
  if (backend === undefined) {
    const chosen = () =>
      tf.cast(tf.oneHot(labels, logits.shape[1]!), "float32");
    return {
      losses: () => tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), chosen()), 1)),
      derivatives: () => tf.sub(tf.softmax(logits), chosen()),
    };
  }
  const output = (index: number) =>
    backend.executeMultipleOutputs(
      "SparseSoftmaxCrossEntropyWithLogits",
      [
        { name: "T", type: AttributeType.type, value: DataType.float32 },
        { name: "Tlabels", type: AttributeType.type, value: DataType.int32 },
      ],
      [logits, labels],
      2,
    )[index]!;
  return { losses: () => output(0), derivatives: () => output(1) };
}

/** softmax(logits) − oneHot(labels), with a derivative of its own. */
function derivatives(labels: Tensor1D, logits: Tensor): Tensor {
  return tf.tidy(SCOPE, () =>
    customGradient((logits, save) => {
      save([logits]);
      return {
        value: compute(labels, logits).derivatives(),
        gradFunc(dy, [logits]) {
          const shares = tf.softmax(logits!);
          const mean = tf.sum(tf.mul(dy, shares), 1, true);
          return tf.mul(shares, tf.sub(dy, mean));
        },
      };
    })(logits));
}

/**
 * The cross-entropy of each example, from its class and the logits z:
 * ℓ = ln Σⱼ exp(zⱼ) − z_label.
 *
 * On the tensorflow backend one operation gives the losses and their derivatives;
 * elsewhere it is composed. It can be derived twice by the logits. The caller
 * disposes the result.
 *
 * @param labels int32 `[batch]`, class indices in [0, classes). TensorFlow refuses
 * others on a CPU, where the values are known.
 * @param logits float32 `[batch, classes]`.
 * @returns The losses, float32 `[batch]`.
 * @throws {TypeError} If a type or shape does not fit.
 *
 * @example Two classes, equally likely
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initialize } from "./initialize.ts";
 * import { softmaxCrossEntropy } from "./softmax_cross_entropy.ts";
 * import { ok } from "node:assert";
 *
 * await initialize();
 * const losses = softmaxCrossEntropy(
 *   tf.tensor1d([1], "int32"),
 *   tf.tensor2d([[3, 3]]),
 * );
 * ok(Math.abs(losses.dataSync()[0]! - Math.log(2)) < 1e-6);
 * ```
 */
export function softmaxCrossEntropy(
  labels: Tensor1D,
  logits: Tensor,
): Tensor1D {
  if (logits.rank !== 2 || logits.dtype !== "float32") {
    throw new TypeError(
      `logits must be float32 [batch, classes], got ${logits.dtype} [${logits.shape}]`,
    );
  }
  if (
    labels.rank !== 1 || labels.shape[0] !== logits.shape[0] ||
    labels.dtype !== "int32"
  ) {
    throw new TypeError(
      `labels must be int32 [${
        logits.shape[0]
      }], got ${labels.dtype} [${labels.shape}]`,
    );
  }
  return tf.tidy(SCOPE, () =>
    customGradient((logits, save) => {
      save([labels, logits]);
      return {
        value: compute(labels, logits).losses(),
        gradFunc: (dy, [labels, logits]) =>
          tf.mul(
            tf.expandDims(dy, 1),
            derivatives(labels as Tensor1D, logits!),
          ),
      };
    })(logits) as Tensor1D);
}
