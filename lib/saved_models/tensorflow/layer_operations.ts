/**
 * TensorFlow's layers: products, convolutions, pooling, normalisation.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import {
  flagAt,
  integersAt,
  numberAt,
  only,
  textAt,
} from "../graph/attributes.ts";
import { convolution, transposedConvolution } from "../graph/convolution.ts";
import { normalised, product, softmax } from "../graph/dense.ts";
import { functions } from "../graph/elementwise.ts";
import type { GraphNode } from "../graph/graph.ts";
import { avgPool, maxPool } from "../graph/pooling.ts";
import type { Call, Operation } from "../graph/operation.ts";
import { numbersOf, tensorOf, type Value, valueOf } from "../graph/value.ts";
import type { Pair, Windows } from "../graph/windows.ts";
import { elementwiseOperations } from "./elementwise_operations.ts";

/** Height and width of a list for all four axes. */
function pairOf(node: GraphNode, name: string, byDefault?: number[]): Pair {
  const [batch, height, width, channels, ...more] = integersAt(
    node,
    name,
    byDefault,
  );
  if (batch === 1 && channels === 1 && more.length === 0) {
    return [height!, width!];
  }
  throw new SyntaxError(`its ${name} must be 1, height, width, 1`);
}

function windowsOf(node: GraphNode): Windows {
  only(node, "data_format", ["NHWC"]);
  const strides = pairOf(node, "strides");
  const dilations = pairOf(node, "dilations", [1, 1, 1, 1]);
  const rule = textAt(node, "padding");
  if (rule === "SAME" || rule === "VALID") {
    const padding = rule === "SAME" ? "same" as const : "valid" as const;
    return { strides, dilations, padding };
  }
  const [, , top, bottom, left, right] = integersAt(node, "explicit_paddings");
  if (rule !== "EXPLICIT" || right === undefined) {
    throw new SyntaxError(`its padding is ${rule.slice(0, 20)}`);
  }
  return { strides, dilations, padding: [[top!, bottom!], [left!, right]] };
}

/** Two tensors that must be there. */
function tensorsOf({ x, inputs }: Call): [Tensor, Tensor] {
  const [, second] = inputs;
  if (second === undefined) {
    throw new SyntaxError("its second input is missing");
  }
  return [tensorOf(x), tensorOf(second)];
}

function convolve(call: Call): Value {
  const [image, kernel] = tensorsOf(call);
  const taken = kernel.shape[2] || 1;
  const groups = image.rank === 4 ? image.shape[3]! / taken : 1;
  return valueOf(convolution(image, kernel, windowsOf(call.node), groups));
}

function convolveDepthwise(call: Call): Value {
  const [image, kernel] = tensorsOf(call);
  const [height = 0, width = 0, channels = 0, multiplier = 0] = kernel.shape;
  if (kernel.rank !== 4) throw new SyntaxError("its kernel has not 4 axes");
  const whole = [height, width, 1, channels * multiplier];
  return valueOf(convolution(
    image,
    tf.reshape(kernel, whole),
    windowsOf(call.node),
    channels,
  ));
}

function multiply(call: Call): Value {
  const { x, inputs, node } = call;
  tensorsOf(call);
  return product(x, inputs[1]!, [
    flagAt(node, "transpose_a", false),
    flagAt(node, "transpose_b", false),
  ]);
}

/** What the converter puts after a layer, in one operation with it. */
const following: ReadonlySet<string> = new Set([
  "Elu",
  "LeakyRelu",
  "Prelu",
  "Relu",
  "Relu6",
  "Sigmoid",
  "Tanh",
]);

/** A layer with a bias and an activation. */
function fused(layer: Operation): Operation {
  return (call) => {
    const { node, inputs } = call;
    const list = node.attributes.get("fused_ops") ?? [];
    let result = layer(call) as Value;
    let next = 2;
    for (const op of list as readonly string[]) {
      if (op === "BiasAdd") {
        const own = [result, inputs[next++]];
        result = functions.add({ ...call, x: result, inputs: own }) as Value;
      } else if (following.has(op)) {
        const alpha = node.attributes.get("leakyrelu_alpha");
        const attributes = new Map(
          alpha === undefined ? [] : [["alpha", alpha]],
        );
        result = elementwiseOperations[op]!({
          ...call,
          node: { ...node, attributes },
          x: result,
          inputs: op === "Prelu" ? [result, inputs[next++]] : [result],
        }) as Value;
      } else throw new SyntaxError(`${op.slice(0, 30)} within it is not read`);
    }
    return result;
  };
}

const normalise: Operation = ({ x, inputs, node }) => {
  only(node, "data_format", ["NHWC"]);
  if (flagAt(node, "is_training", true)) {
    throw new SyntaxError("takes the statistics of batches, as in training");
  }
  const [, scale, offset, mean, variance] = inputs as Value[];
  return normalised(
    x,
    { scale: scale!, offset: offset!, mean: mean!, variance: variance! },
    numberAt(node, "epsilon", 1e-4),
    -1,
  );
};

/** They, by their names. */
export const layerOperations: Readonly<Record<string, Operation>> = {
  AvgPool: ({ x, node }) =>
    valueOf(avgPool(tensorOf(x), pairOf(node, "ksize"), windowsOf(node))),
  BatchMatMulV2: ({ x, inputs, node }) =>
    product(x, inputs[1]!, [
      flagAt(node, "adj_x", false),
      flagAt(node, "adj_y", false),
    ]),
  BiasAdd(call) {
    only(call.node, "data_format", ["NHWC"]);
    return functions.add(call);
  },
  Conv2D: convolve,
  Conv2DBackpropInput({ x, inputs, node }) {
    const [, height = 0, width = 0] = numbersOf(x, "its size");
    const { strides, dilations, padding } = windowsOf(node);
    if (typeof padding !== "string" || dilations.some((n) => n !== 1)) {
      throw new SyntaxError("its padding or dilations are not read");
    }
    const [image, kernel] = [tensorOf(inputs[2]!), tensorOf(inputs[1]!)];
    const size: Pair = [height, width];
    return valueOf(
      transposedConvolution(image, kernel, strides, size, padding),
    );
  },
  DepthwiseConv2dNative: convolveDepthwise,
  FusedBatchNorm: normalise,
  FusedBatchNormV2: normalise,
  FusedBatchNormV3: normalise,
  FusedDepthwiseConv2dNative: fused(convolveDepthwise),
  LogSoftmax: ({ x }) => softmax(x, -1, true),
  MatMul: multiply,
  MaxPool: ({ x, node }) =>
    valueOf(maxPool(tensorOf(x), pairOf(node, "ksize"), windowsOf(node))),
  Softmax: ({ x }) => softmax(x, -1),
  _FusedConv2D: fused(convolve),
  _FusedMatMul: fused(multiply),
};
