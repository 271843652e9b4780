/**
 * TensorFlow's operations that move numbers, and sums along axes.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { flagAt, integerAt, integersAt, only } from "../graph/attributes.ts";
import type { Call, Operation } from "../graph/operation.ts";
import {
  concatenated,
  divided,
  expanded,
  forExamples,
  gathered,
  paddedBy,
  type Part,
  reduced,
  reshaped,
  sliced,
  squeezed,
  unsqueezed,
} from "../graph/shaping.ts";
import { checkShape, sizeOf } from "../graph/limits.ts";
import {
  axisOf,
  integers,
  numbersOf,
  shapeOf,
  transposed,
  type Value,
} from "../graph/value.ts";

/** A number that an input has. */
function numberOf(value: Value | undefined, what: string): number {
  const numbers = numbersOf(value, what);
  if (numbers.length === 1) return numbers[0]!;
  throw new SyntaxError(`${what} must be a number, got ${numbers.length}`);
}

function reduction(
  f: (x: Tensor, axes: number[], keep: boolean) => Tensor,
): Operation {
  return ({ x, inputs, node }) => {
    const axes = numbersOf(inputs[1], "its axes");
    return reduced(f, x, axes, flagAt(node, "keep_dims", false));
  };
}

/** Reads a mask: a bit for each axis. */
const hasBit = (mask: number, axis: number) => ((mask >> axis) & 1) === 1;

/** A part of a value, by numbers for each axis and masks. */
function stridedSlice({ x, inputs, node }: Call): Value {
  only(node, "ellipsis_mask", [0]);
  only(node, "new_axis_mask", [0]);
  const starts = numbersOf(inputs[1], "where it begins");
  const ends = numbersOf(inputs[2], "where it ends");
  const steps = numbersOf(inputs[3], "its steps");
  const [open, closed, shrunk] = ["begin_mask", "end_mask", "shrink_axis_mask"]
    .map((name) => integerAt(node, name, 0)) as [number, number, number];
  const shape = shapeOf(x);
  if (starts.length > shape.length) {
    throw new SyntaxError(`takes ${starts.length} of ${shape.length} axes`);
  }
  const parts = starts.map((start, axis): Part => {
    const from = hasBit(open, axis) ? 0 : start;
    if (hasBit(shrunk, axis)) {
      const at = from < 0 ? from + shape[axis]! : from;
      return { axis, from: at, to: at + 1 };
    }
    const to = hasBit(closed, axis) ? shape[axis]! : ends[axis]!;
    return { axis, from, to, step: steps[axis] ?? 1 };
  });
  const gone = starts.map((_, axis) => axis).filter((a) => hasBit(shrunk, a));
  const part = sliced(x, parts);
  return gone.length > 0 ? squeezed(part, gone) : part;
}

function pad({ x, inputs }: Call): Value {
  const list = numbersOf(inputs[1], "its paddings");
  const number = inputs[2] ? numberOf(inputs[2], "what is added") : 0;
  const around = shapeOf(x).map((_, axis): [number, number] => [
    list[2 * axis] ?? 0,
    list[2 * axis + 1] ?? 0,
  ]);
  return paddedBy(x, around, number);
}

/** They, by their names. */
export const shapingOperations: Readonly<Record<string, Operation>> = {
  BroadcastTo: ({ x, inputs }) =>
    expanded(x, numbersOf(inputs[1], "its shape")),
  ConcatV2({ inputs }) {
    const axis = numberOf(inputs.at(-1), "its axis");
    return concatenated(inputs.slice(0, -1).map((value) => value!), axis);
  },
  ExpandDims: ({ x, inputs }) =>
    unsqueezed(x, [numberOf(inputs[1], "its axis")]),
  Fill({ x, inputs }) {
    const shape = numbersOf(x, "its shape");
    checkShape(shape);
    const number = numberOf(inputs[1], "what it is filled with");
    const isInteger = inputs[1]!.known!.isInteger;
    const values = new Float64Array(sizeOf(shape)).fill(number);
    return { known: { shape, values, isInteger } };
  },
  GatherV2: ({ x, inputs, node }) => {
    only(node, "batch_dims", [0]);
    const axis = inputs[2] ? numberOf(inputs[2], "its axis") : 0;
    return gathered(x, inputs[1]!, axis);
  },
  Max: reduction((x, axes, keep) => tf.max(x, axes, keep)),
  Mean: reduction((x, axes, keep) => tf.mean(x, axes, keep)),
  Min: reduction((x, axes, keep) => tf.min(x, axes, keep)),
  Pack({ inputs, node }) {
    const axis = integerAt(node, "axis", 0);
    const parts = inputs.map((value) => unsqueezed(value!, [axis]));
    return concatenated(parts, axis);
  },
  Pad: pad,
  PadV2: pad,
  Prod({ x, inputs, node }) {
    const numbers = numbersOf(x, "what it multiplies");
    if (shapeOf(x).length > 1) throw new SyntaxError("a table is not read");
    numbersOf(inputs[1], "its axes");
    const product = numbers.reduce((all, n) => all * n, 1);
    return integers([product], flagAt(node, "keep_dims", false) ? [1] : []);
  },
  Rank: ({ x }) => integers([shapeOf(x).length], []),
  Reshape: (call) =>
    reshaped(
      call.x,
      forExamples(call, numbersOf(call.inputs[1], "its shape")),
    ),
  ResourceGather: ({ x, inputs }) => gathered(x, inputs[1]!, 0),
  Shape: ({ x }) => integers(shapeOf(x)),
  Slice({ x, inputs }) {
    const starts = numbersOf(inputs[1], "where it begins");
    const sizes = numbersOf(inputs[2], "its size");
    const shape = shapeOf(x);
    return sliced(
      x,
      starts.map((from, axis) => {
        const size = sizes[axis]!;
        return { axis, from, to: size < 0 ? shape[axis]! : from + size };
      }),
    );
  },
  Split({ x, inputs, node }) {
    const value = inputs[1]!;
    const shape = shapeOf(value);
    const axis = axisOf(numberOf(x, "its axis"), shape.length);
    const parts = integerAt(node, "num_split");
    return divided(value, Array(parts).fill(shape[axis]! / parts), axis);
  },
  SplitV: ({ x, inputs }) =>
    divided(
      x,
      numbersOf(inputs[1], "its sizes"),
      numberOf(inputs[2], "its axis"),
    ),
  Squeeze: ({ x, node }) => squeezed(x, integersAt(node, "squeeze_dims", [])),
  StridedSlice: stridedSlice,
  Sum: reduction((x, axes, keep) => tf.sum(x, axes, keep)),
  Transpose: ({ x, inputs }) =>
    transposed(x, numbersOf(inputs[1], "its order of axes")),
  Unpack({ x, node }) {
    const shape = shapeOf(x);
    const axis = axisOf(integerAt(node, "axis", 0), shape.length);
    return Array.from(
      { length: shape[axis]! },
      (_, i) => squeezed(sliced(x, [{ axis, from: i, to: i + 1 }]), [axis]),
    );
  },
};
