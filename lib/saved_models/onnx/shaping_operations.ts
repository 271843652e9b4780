/**
 * ONNX's operations that move numbers, and sums along axes.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import {
  flagAt,
  integerAt,
  integersAt,
  numberAt,
  only,
} from "../graph/attributes.ts";
import type { Constant } from "../graph/graph.ts";
import type { Call, Operation } from "../graph/operation.ts";
import {
  concatenated,
  divided,
  expanded,
  forExamples,
  gathered,
  paddedBy,
  reduced,
  reshaped,
  sliced,
  squeezed,
  unsqueezed,
} from "../graph/shaping.ts";
import { checkShape, sizeOf } from "../graph/limits.ts";
import {
  axisOf,
  broadcastShape,
  integers,
  numbersOf,
  shapeOf,
  transposed,
} from "../graph/value.ts";

/** Integers that newer versions take as an input and older ones as an attribute. */
function listed(
  { node, inputs }: Call,
  input: number,
  name: string,
  byDefault?: readonly number[],
): number[] {
  const value = inputs[input];
  return value === undefined
    ? integersAt(node, name, byDefault)
    : numbersOf(value, `its ${name}`);
}

/** A function along axes; all of them where none are named. */
function reduction(
  f: (x: Tensor, axes: number[], keep: boolean) => Tensor,
): Operation {
  return (call) => {
    const { x, node } = call;
    const keep = flagAt(node, "keepdims", true);
    const axes = listed(call, 1, "axes", []);
    if (axes.length === 0 && flagAt(node, "noop_with_empty_axes", false)) {
      return x;
    }
    const { length } = shapeOf(x);
    const all = Array.from({ length }, (_, axis) => axis);
    return reduced(f, x, axes.length > 0 ? axes : all, keep);
  };
}

const same: Operation = ({ x }) => x;

/** They, by their names. */
export const shapingOperations: Readonly<Record<string, Operation>> = {
  Concat: ({ inputs, node }) =>
    concatenated(inputs.map((value) => value!), integerAt(node, "axis")),
  ConstantOfShape({ x, node }) {
    const shape = numbersOf(x, "its shape");
    checkShape(shape);
    const { values: [number = 0] = [], isInteger = false } =
      (node.attributes.get("value") ?? {}) as Partial<Constant>;
    const values = new Float64Array(sizeOf(shape)).fill(number);
    return { known: { shape, values, isInteger } };
  },
  Dropout: same,
  Expand(call) {
    const wanted = numbersOf(call.inputs[1], "its shape");
    return expanded(call.x, broadcastShape(shapeOf(call.x), wanted));
  },
  Flatten({ x, node }) {
    const shape = shapeOf(x);
    const axis = integerAt(node, "axis", 1);
    const at = axis === shape.length ? axis : axisOf(axis, shape.length);
    const rows = sizeOf(shape.slice(0, at));
    return reshaped(x, [rows, sizeOf(shape.slice(at))]);
  },
  Gather: ({ x, inputs, node }) =>
    gathered(x, inputs[1]!, integerAt(node, "axis", 0)),
  Identity: same,
  Pad(call) {
    const { x, node, inputs } = call;
    only(node, "mode", ["constant"]);
    const { length } = shapeOf(x);
    const pads = listed(call, 1, "pads");
    const axes = inputs[3]
      ? numbersOf(inputs[3], "its axes").map((axis) => axisOf(axis, length))
      : shapeOf(x).map((_, axis) => axis);
    const around = shapeOf(x).map((_, axis): [number, number] => {
      const at = axes.indexOf(axis);
      return at < 0 ? [0, 0] : [pads[at]!, pads[at + axes.length]!];
    });
    const number = inputs[2]
      ? numbersOf(inputs[2], "what is added")[0] ?? 0
      : numberAt(node, "value", 0);
    return paddedBy(x, around, number);
  },
  ReduceMax: reduction((x, axes, keep) => tf.max(x, axes, keep)),
  ReduceMean: reduction((x, axes, keep) => tf.mean(x, axes, keep)),
  ReduceMin: reduction((x, axes, keep) => tf.min(x, axes, keep)),
  ReduceSum: reduction((x, axes, keep) => tf.sum(x, axes, keep)),
  ReduceSumSquare: reduction((x, axes, keep) =>
    tf.sum(tf.square(x), axes, keep)
  ),
  Reshape(call) {
    const { x, node, inputs } = call;
    const wanted = numbersOf(inputs[1], "its shape");
    const own = shapeOf(x);
    const isZeroSize = flagAt(node, "allowzero", false);
    const shape = wanted.map((n, i) =>
      n === 0 && !isZeroSize ? own[i] ?? 0 : n
    );
    return reshaped(x, forExamples(call, shape));
  },
  Shape({ x, node }) {
    const shape = shapeOf(x);
    const start = integerAt(node, "start", 0);
    return integers(shape.slice(start, integerAt(node, "end", shape.length)));
  },
  Slice(call) {
    const { x, inputs } = call;
    const starts = listed(call, 1, "starts"), ends = listed(call, 2, "ends");
    const axes = listed(call, 3, "axes", starts.map((_, axis) => axis));
    const steps = inputs[4] ? numbersOf(inputs[4], "its steps") : [];
    return sliced(
      x,
      axes.map((axis, i) => ({
        axis,
        from: starts[i]!,
        to: ends[i]!,
        step: steps[i] ?? 1,
      })),
    );
  },
  Split(call) {
    const { x, node } = call;
    const shape = shapeOf(x);
    const axis = axisOf(integerAt(node, "axis", 0), shape.length);
    const sizes = listed(call, 1, "split", []);
    const parts = integerAt(node, "num_outputs", node.outputs.length);
    if (sizes.length > 0 || !(parts > 0)) return divided(x, sizes, axis);
    const each = Math.ceil(shape[axis]! / parts);
    const equal = Array.from(
      { length: node.outputs.length },
      (_, i) => Math.min(each, shape[axis]! - i * each),
    );
    return divided(x, equal, axis);
  },
  Squeeze: (call) => squeezed(call.x, listed(call, 1, "axes", [])),
  Transpose({ x, node }) {
    const reversed = shapeOf(x).map((_, axis) => axis).reverse();
    return transposed(x, integersAt(node, "perm", reversed));
  },
  Unsqueeze: (call) => unsqueezed(call.x, listed(call, 1, "axes")),
};
