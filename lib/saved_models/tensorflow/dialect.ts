/**
 * The operations of TensorFlow that are read.
 *
 * @module
 */
import type { GraphNode } from "../graph/graph.ts";
import type { Dialect, Operation, Use } from "../graph/operation.ts";
import { elementwiseOperations } from "./elementwise_operations.ts";
import { furtherOperations } from "./further_operations.ts";
import { layerOperations } from "./layer_operations.ts";
import { shapingOperations } from "./shaping_operations.ts";

const convolution: Use[] = [
  { input: 1, role: "kernel" },
  { input: 2, role: "bias" },
];

/** `[height, width, channels, multiplier]`: an output for each of the last two. */
const depthwise: Use[] = [
  {
    input: 1,
    role: "kernel",
    filterAxis: ([, , , multiplier]) => multiplier === 1 ? 2 : null,
  },
  { input: 2, role: "bias" },
];

const product = ({ attributes }: GraphNode): Use[] => [
  {
    input: 1,
    role: "kernel",
    order: (rank) =>
      rank === 2 && attributes.get("transpose_b")
        ? [1, 0]
        : Array.from({ length: rank }, (_, axis) => axis),
  },
  { input: 2, role: "bias" },
];

const either = (role: "bias" | "scale"): Use[] => [
  { input: 0, role },
  { input: 1, role },
];

/** Scale, offset, mean and variance, from the second input on. */
const normalisation: Use[] = [
  { input: 1, role: "scale" },
  { input: 2, role: "offset" },
  { input: 3, role: "statistic" },
  { input: 4, role: "statistic" },
];

const uses: Readonly<Record<string, (node: GraphNode) => readonly Use[]>> = {
  Add: () => either("bias"),
  AddV2: () => either("bias"),
  BatchMatMulV2: (node) => product(node).slice(0, 1),
  BiasAdd: () => [{ input: 1, role: "bias" }],
  Conv2D: () => convolution.slice(0, 1),
  Conv2DBackpropInput: () => [{ input: 1, role: "kernel", filterAxis: -2 }],
  DepthwiseConv2dNative: () => depthwise.slice(0, 1),
  FusedBatchNorm: () => normalisation,
  FusedBatchNormV2: () => normalisation,
  FusedBatchNormV3: () => normalisation,
  FusedDepthwiseConv2dNative: () => depthwise,
  GatherV2: () => [{ input: 0, role: "kernel", filterAxis: 0 }],
  MatMul: (node) => product(node).slice(0, 1),
  Mul: () => either("scale"),
  Prelu: () => [{ input: 1, role: "kernel", filterAxis: null }],
  ResourceGather: () => [{ input: 0, role: "kernel", filterAxis: 0 }],
  _FusedConv2D: () => convolution,
  _FusedMatMul: product,
};

/** TensorFlow's operations. */
export const tensorFlowDialect: Dialect = {
  operations: new Map<string, Operation>(Object.entries({
    ...elementwiseOperations,
    ...shapingOperations,
    ...layerOperations,
    ...furtherOperations,
  })),
  uses: (node) => Object.hasOwn(uses, node.op) ? uses[node.op]!(node) : [],
  passing: new Set(["Identity", "IdentityN", "ReadVariableOp", "StopGradient"]),
};
