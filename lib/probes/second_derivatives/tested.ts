/**
 * Kernels whose second derivative has been tested to be right.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { ReluGrad } from "../../runtime/tensorflow/kernels/relu_grad.ts";

/**
 * Each is compared in `tests/probes/second_derivatives_test.ts` with differences of
 * first gradients in double precision; what is not here is refused.
 */
export const testedKernels: ReadonlySet<string> = new Set([
  tf.Abs,
  tf.Add,
  tf.AddN,
  tf.AvgPool,
  tf.AvgPoolGrad,
  tf.BatchMatMul,
  tf.Cast,
  tf.Concat,
  tf.Conv2D,
  tf.Conv2DBackpropFilter,
  tf.Conv2DBackpropInput,
  tf.Cos,
  tf.Cosh,
  tf.Erf,
  tf.Exp,
  tf.ExpandDims,
  tf.FusedBatchNorm,
  tf.GatherV2,
  tf.Identity,
  tf.Log,
  tf.Log1p,
  tf.Mean,
  tf.Multiply,
  tf.Neg,
  tf.Pack,
  tf.PadV2,
  tf.Pow,
  tf.RealDiv,
  tf.Reciprocal,
  tf.Relu,
  ReluGrad,
  tf.Reshape,
  tf.Rsqrt,
  tf.Sigmoid,
  tf.Sin,
  tf.Sinh,
  tf.Slice,
  tf.Softmax,
  tf.Softplus,
  tf.SplitV,
  tf.Sqrt,
  tf.Square,
  tf.SquaredDifference,
  tf.Step,
  tf.Sub,
  tf.Sum,
  tf.Tanh,
  tf.Tile,
  tf.Transpose,
  tf.Unpack,
  tf.UnsortedSegmentSum,
  tf.ZerosLike,
]);

/** Functions with a gradient of their own, by the name of their scope. */
export const testedFunctions: ReadonlySet<string> = new Set([
  "softmaxCrossEntropy",
  "fusedConv2d__op",
  "fusedMatMul__op",
]);
