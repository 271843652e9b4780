/**
 * The operations of ONNX that are read.
 *
 * @module
 */
import type { GraphNode } from "../graph/graph.ts";
import type { Dialect, Operation, Use } from "../graph/operation.ts";
import { elementwiseOperations } from "./elementwise_operations.ts";
import { furtherOperations } from "./further_operations.ts";
import { layerOperations } from "./layer_operations.ts";
import { shapingOperations } from "./shaping_operations.ts";

/** The versions of the standard operations that are read. */
export const OLDEST = 7, NEWEST = 25;

/** Channels last within a kernel: `[…window, in, out]` of `[out, in, …window]`. */
const kernelOrder = (rank: number) =>
  rank === 4 ? [3, 2, 0, 1] : rank === 3 ? [2, 1, 0] : undefined;

/** Scale, offset, mean and variance, from the second input on. */
const normalisation: Use[] = [
  { input: 1, role: "scale" },
  { input: 2, role: "offset" },
  { input: 3, role: "statistic" },
  { input: 4, role: "statistic" },
];

const uses: Readonly<Record<string, (node: GraphNode) => readonly Use[]>> = {
  Conv: () => [
    { input: 1, role: "kernel", order: kernelOrder },
    { input: 2, role: "bias" },
  ],
  ConvTranspose: () => [
    // [in, out, …window] becomes [...window, out, in].
    { input: 1, role: "kernel", order: kernelOrder, filterAxis: -2 },
    { input: 2, role: "bias" },
  ],
  Gemm: ({ attributes }) => [
    {
      input: 1,
      role: "kernel",
      order: () => attributes.get("transB") ? [1, 0] : [0, 1],
    },
    { input: 2, role: "bias" },
  ],
  MatMul: () => [{ input: 1, role: "kernel" }],
  BatchNormalization: () => normalisation,
  LayerNormalization: () => normalisation.slice(0, 2),
  PRelu: () => [{ input: 1, role: "kernel", filterAxis: null }],
  Add: () => [{ input: 0, role: "bias" }, { input: 1, role: "bias" }],
  Mul: () => [{ input: 0, role: "scale" }, { input: 1, role: "scale" }],
};

/** ONNX's operations, as a version of them has them. */
export function onnxDialect(version: number): Dialect {
  return {
    operations: new Map<string, Operation>(Object.entries({
      ...elementwiseOperations,
      ...shapingOperations,
      ...furtherOperations,
      ...layerOperations(version),
    })),
    uses: (node) => Object.hasOwn(uses, node.op) ? uses[node.op]!(node) : [],
    passing: new Set(["Identity", "Dropout"]),
  };
}
