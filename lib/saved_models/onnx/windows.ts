/**
 * How ONNX tells windows of convolutions and pooling.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Tensor } from "../../runtime/tensor.ts";
import { integerAt, integersAt, only, textAt } from "../graph/attributes.ts";
import { transposedConvolution } from "../graph/convolution.ts";
import type { GraphNode } from "../graph/graph.ts";
import {
  imageOrder,
  inOrder,
  shapeOf,
  type Value,
  valueOf,
} from "../graph/value.ts";
import { type Pair, samePadding, type Windows } from "../graph/windows.ts";

/** The orders in which lines and images, and their kernels, are kept. */
const orders = {
  3: { images: [0, 2, 1], kernel: [2, 1, 0] },
  4: { images: imageOrder, kernel: [3, 2, 0, 1] },
} as const;

/**
 * Does something with images, channels last; lines are images of height 1.
 *
 * @param f Is given the image and the kernels.
 */
export function onImages(
  x: Value,
  f: (image: Tensor, kernels: Tensor[]) => Tensor,
  kernels: readonly Value[] = [],
): Value {
  const rank = shapeOf(x).length;
  if (rank !== 3 && rank !== 4) {
    throw new SyntaxError(`an input of ${rank} axes is not read`);
  }
  const order = orders[rank];
  for (const kernel of kernels) {
    const shape = shapeOf(kernel);
    if (shape.length !== rank) {
      throw new SyntaxError(`a kernel [${shape}] does not fit ${rank} axes`);
    }
  }
  const image = inOrder(x, order.images);
  const own = kernels.map((kernel) => inOrder(kernel, order.kernel));
  if (rank === 4) return valueOf(f(image, own), order.images);
  const flat = f(
    tf.expandDims(image, 1),
    own.map((kernel) => tf.expandDims(kernel, 0)),
  );
  return valueOf(tf.squeeze(flat, [1]), order.images);
}

/** A number for each axis of an image; lines have none for their height. */
function pairAt(node: GraphNode, name: string, byDefault: Pair): Pair {
  const list = integersAt(node, name, byDefault);
  if (list.length === 1) return [byDefault[0], list[0]!];
  if (list.length === 2) return [list[0]!, list[1]!];
  throw new SyntaxError(
    `its ${name} must be 1 or 2 numbers, got ${list.length}`,
  );
}

/** What is added around, before and after each axis. */
function padsAt(node: GraphNode): [Pair, Pair] {
  const list = integersAt(node, "pads", [0, 0, 0, 0]);
  if (list.length === 2) return [[0, 0], [list[0]!, list[1]!]];
  const [top, left, bottom, right] = list;
  if (list.length === 4) return [[top!, bottom!], [left!, right!]];
  throw new SyntaxError(`its pads must be 2 or 4 numbers, got ${list.length}`);
}

/**
 * The windows of a convolution or pooling.
 *
 * @param image Channels last.
 * @param kernelSize The size of the kernel, where there is one.
 */
export function windowsOf(
  node: GraphNode,
  image: Tensor,
  kernelSize?: Pair,
): { size: Pair; windows: Windows } {
  const size = kernelSize ?? pairAt(node, "kernel_shape", [1, 1]);
  const strides = pairAt(node, "strides", [1, 1]);
  const dilations = pairAt(node, "dilations", [1, 1]);
  const rule = textAt(node, "auto_pad", "NOTSET");
  if (rule === "VALID" || rule === "SAME_UPPER") {
    const padding = rule === "VALID" ? "valid" as const : "same" as const;
    return { size, windows: { strides, dilations, padding } };
  }
  const axes = [0, 1] as const;
  const lengthOf = (axis: 0 | 1) => (size[axis] - 1) * dilations[axis] + 1;
  if (rule === "SAME_LOWER") {
    const around = axes.map((axis): Pair => {
      const n = image.shape[1 + axis]!;
      const [less, more] = samePadding(n, strides[axis], lengthOf(axis));
      return [more, less];
    });
    const padding = around as [Pair, Pair];
    return { size, windows: { strides, dilations, padding } };
  }
  if (rule !== "NOTSET") {
    throw new SyntaxError(`its auto_pad is ${rule.slice(0, 20)}`);
  }
  const padding = padsAt(node);
  if (integerAt(node, "ceil_mode", 0) !== 0) {
    for (const axis of axes) {
      const [before, after] = padding[axis];
      const n = image.shape[1 + axis]! + before + after - lengthOf(axis);
      const rest = (strides[axis] - n % strides[axis]) % strides[axis];
      // A window that would begin in the padding after the image is left out.
      const begin = n + rest - before;
      if (rest === 0 || begin >= image.shape[1 + axis]!) continue;
      if (node.op !== "MaxPool" && after + before > 0) {
        throw new SyntaxError("its ceil_mode with padding is not read");
      }
      padding[axis] = [before, after + rest];
    }
  }
  return { size, windows: { strides, dilations, padding } };
}

/** A transposed convolution of an image, channels last. */
export function transposedByConvolution(
  node: GraphNode,
  image: Tensor,
  kernel: Tensor,
): Tensor {
  only(node, "group", [1]);
  only(node, "auto_pad", ["NOTSET"]);
  if (node.attributes.has("output_shape")) {
    throw new SyntaxError("its output_shape is not read");
  }
  const dilations = pairAt(node, "dilations", [1, 1]);
  if (dilations.some((n) => n !== 1)) {
    throw new SyntaxError(`dilations of [${dilations}] are not read`);
  }
  const strides = pairAt(node, "strides", [1, 1]);
  const more = pairAt(node, "output_padding", [0, 0]);
  const pads = padsAt(node);
  const sizes = [0, 1].map((axis) => {
    const length = image.shape[1 + axis]!;
    return strides[axis]! * (length - 1) + kernel.shape[axis]! + more[axis]!;
  }) as unknown as Pair;
  if (more.some((n, axis) => n >= strides[axis]!)) {
    throw new SyntaxError(`output_padding of [${more}] is not read`);
  }
  const whole = transposedConvolution(image, kernel, strides, sizes, "valid");
  const [[top, bottom], [left, right]] = pads;
  const [height, width] = [sizes[0] - top - bottom, sizes[1] - left - right];
  if (!(top >= 0 && left >= 0 && height > 0 && width > 0)) {
    throw new SyntaxError(`pads of [${pads}] are not read`);
  }
  return tf.slice(whole, [0, top, left, 0], [-1, height, width, -1]);
}
