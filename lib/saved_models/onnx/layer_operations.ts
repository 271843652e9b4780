/**
 * ONNX's layers: products, convolutions, pooling, normalisation.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { flagAt, integerAt, numberAt, only } from "../graph/attributes.ts";
import {
  layerNormalised,
  normalised,
  product,
  softmax,
} from "../graph/dense.ts";
import { functions } from "../graph/elementwise.ts";
import type { GraphNode } from "../graph/graph.ts";
import type { Call, Operation } from "../graph/operation.ts";
import { reduced } from "../graph/shaping.ts";
import { shapeOf, tensorOf, type Value, valueOf } from "../graph/value.ts";
import { convolution } from "../graph/convolution.ts";
import { avgPool, maxPool } from "../graph/pooling.ts";
import { onImages, transposedByConvolution, windowsOf } from "./windows.ts";

/** Adds a bias of one number a filter, to the axis after the examples'. */
function withBias(value: Value, bias: Value | undefined): Value {
  if (bias === undefined) return value;
  const shape = [-1, ...shapeOf(value).slice(2).map(() => 1)];
  const spread = valueOf(tf.reshape(tensorOf(bias), shape));
  return functions.add({ x: value, inputs: [value, spread] } as never) as Value;
}

/** Refuses pooling that also tells where the largest were. */
function onlyFirst({ outputs }: GraphNode): void {
  if (outputs.slice(1).some((name) => name !== "")) {
    throw new SyntaxError("its further outputs are not read");
  }
}

function gemm({ x, inputs: [, b, c], node }: Call): Value {
  const alpha = numberAt(node, "alpha", 1), beta = numberAt(node, "beta", 1);
  const turned = [
    flagAt(node, "transA", false),
    flagAt(node, "transB", false),
  ] as const;
  let result = tensorOf(product(x, b!, turned));
  if (alpha !== 1) result = tf.mul(result, alpha);
  if (c === undefined) return valueOf(result);
  const bias = beta === 1 ? tensorOf(c) : tf.mul(tensorOf(c), beta);
  return valueOf(tf.add(result, bias));
}

/** The axes of an image, without examples and channels. */
function spatialAxes(x: Value): number[] {
  return shapeOf(x).map((_, axis) => axis).slice(2);
}

/** A softmax, whose axes older versions put together. */
function softmaxOperation(version: number, isLog: boolean): Operation {
  return ({ x, node }) => {
    const axis = integerAt(node, "axis", version < 13 ? 1 : -1);
    const { length } = shapeOf(x);
    if (version < 13 && axis !== -1 && axis !== length - 1) {
      throw new SyntaxError(`a softmax of axes ${axis} to ${length - 1}`);
    }
    return softmax(x, axis, isLog);
  };
}

/** They, by their names, as a version has them. */
export function layerOperations(
  version: number,
): Readonly<Record<string, Operation>> {
  return {
    AveragePool: (call) =>
      onImages(call.x, (image) => {
        const { size, windows } = windowsOf(call.node, image);
        const countsAll = flagAt(call.node, "count_include_pad", false) &&
          !flagAt(call.node, "ceil_mode", false);
        return avgPool(image, size, windows, countsAll);
      }),
    BatchNormalization({ x, inputs, node }) {
      only(node, "training_mode", [0]);
      only(node, "spatial", [1]);
      onlyFirst(node);
      const [, scale, offset, mean, variance] = inputs as Value[];
      const numbers = {
        scale: scale!,
        offset: offset!,
        mean: mean!,
        variance: variance!,
      };
      return normalised(x, numbers, numberAt(node, "epsilon", 1e-5), 1);
    },
    Conv(call) {
      const { x, inputs: [, kernel, bias], node } = call;
      const result = onImages(x, (image, own) => {
        const [whole] = own as [tf.Tensor];
        const size = whole.shape.slice(0, 2) as [number, number];
        const { windows } = windowsOf(node, image, size);
        return convolution(image, whole, windows, integerAt(node, "group", 1));
      }, [kernel!]);
      return withBias(result, bias);
    },
    ConvTranspose(call) {
      const { x, inputs: [, kernel, bias], node } = call;
      const result = onImages(
        x,
        (image, own) => transposedByConvolution(node, image, own[0]!),
        [kernel!],
      );
      return withBias(result, bias);
    },
    Gemm: gemm,
    GlobalAveragePool: ({ x }) =>
      reduced((t, axes) => tf.mean(t, axes, true), x, spatialAxes(x), true),
    GlobalMaxPool: ({ x }) =>
      reduced((t, axes) => tf.max(t, axes, true), x, spatialAxes(x), true),
    LayerNormalization({ x, inputs: [, scale, offset], node }) {
      onlyFirst(node);
      const epsilon = numberAt(node, "epsilon", 1e-5);
      const axis = integerAt(node, "axis", -1);
      return layerNormalised(x, scale, offset, epsilon, axis);
    },
    LogSoftmax: softmaxOperation(version, true),
    MatMul: ({ x, inputs }) => product(x, inputs[1]!),
    MaxPool(call) {
      onlyFirst(call.node);
      only(call.node, "storage_order", [0]);
      return onImages(call.x, (image) => {
        const { size, windows } = windowsOf(call.node, image);
        return maxPool(image, size, windows);
      });
    },
    Softmax: softmaxOperation(version, false),
  };
}
