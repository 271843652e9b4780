/**
 * TensorFlow's operations that few models have.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import {
  flagAt,
  integerAt,
  numberAt,
  only,
  textAt,
} from "../graph/attributes.ts";
import { binary } from "../graph/elementwise.ts";
import {
  argMax,
  choice,
  cumulated,
  einsum,
  filledLike,
  mirrored,
  respondingLocally,
  reversed,
  steps,
  tiled,
} from "../graph/further.ts";
import type { Call, Operation } from "../graph/operation.ts";
import { checkShape, sizeOf } from "../graph/limits.ts";
import {
  axisOf,
  integers,
  numbersOf,
  shapeOf,
  tensorOf,
  type Value,
  valueOf,
} from "../graph/value.ts";

/** Pairs of numbers, one an axis. */
function pairsOf(value: Value | undefined, what: string): [number, number][] {
  const list = numbersOf(value, what);
  return Array.from(
    { length: list.length / 2 },
    (_, i) => [list[2 * i]!, list[2 * i + 1]!],
  );
}

/** Space that is moved to the examples' axis, and back, as dilations do. */
function blocks(
  f: (x: tf.Tensor, size: number[], rest: [number, number][]) => tf.Tensor,
): Operation {
  return ({ x, inputs }: Call) => {
    const size = numbersOf(inputs[1], "its blocks");
    const rest = pairsOf(inputs[2], "its paddings");
    if (size.some((n) => !(n > 0)) || rest.length !== size.length) {
      throw new SyntaxError(`blocks of [${size}] are not read`);
    }
    const added = rest.reduce((all, [a, b]) => all * (1 + a + b), 1);
    checkShape([...shapeOf(x), added]);
    return valueOf(f(tensorOf(x), size, rest));
  };
}

/** They, by their names. */
export const furtherOperations: Readonly<Record<string, Operation>> = {
  ArgMax: ({ x, inputs }) =>
    argMax(x, inputs[1] ? numbersOf(inputs[1], "its axis")[0]! : 0, false),
  BatchToSpaceND: blocks((x, size, crops) => tf.batchToSpaceND(x, size, crops)),
  Ceil: steps.ceil,
  ClipByValue({ x, inputs: [, least, most] }) {
    const [from] = numbersOf(least, "the least"),
      [to] = numbersOf(most, "most");
    const below = tf.minimum(tensorOf(x), to!);
    return valueOf(tf.maximum(below, from!));
  },
  Cos: steps.cos,
  Cumsum: ({ x, inputs, node }) =>
    cumulated(
      x,
      numbersOf(inputs[1], "its axis")[0]!,
      flagAt(node, "exclusive", false),
      flagAt(node, "reverse", false),
    ),
  Einsum: ({ inputs, node }) => einsum(textAt(node, "equation"), inputs),
  Equal: steps.equal,
  Floor: steps.floor,
  FloorDiv: binary((a, b) => tf.floorDiv(a, b), (a, b) => Math.floor(a / b)),
  Greater: steps.greater,
  GreaterEqual: steps.greaterEqual,
  LRN({ x, node }) {
    const radius = integerAt(node, "depth_radius", 5);
    return respondingLocally(x, -1, [radius, radius], {
      alpha: numberAt(node, "alpha", 1),
      beta: numberAt(node, "beta", 0.5),
      bias: numberAt(node, "bias", 1),
    });
  },
  Less: steps.less,
  LessEqual: steps.lessEqual,
  LogicalAnd: steps.and,
  LogicalNot: steps.not,
  LogicalOr: steps.or,
  MirrorPad({ x, inputs, node }) {
    const mode = textAt(node, "mode") === "REFLECT" ? "reflect" : "symmetric";
    return mirrored(x, pairsOf(inputs[1], "its paddings"), mode);
  },
  NotEqual: steps.notEqual,
  OneHot({ x, inputs, node }) {
    only(node, "axis", [-1]);
    const [depth, on, off] = inputs.slice(1).map((value) =>
      numbersOf(value, "its numbers")[0]!
    );
    checkShape([...shapeOf(x), depth!]);
    const indices = tf.cast(tensorOf(x), "int32") as tf.Tensor1D;
    return valueOf(tf.oneHot(indices, depth!, on, off));
  },
  OnesLike: filledLike(1),
  ReverseV2: ({ x, inputs }) => reversed(x, numbersOf(inputs[1], "its axes")),
  Round: steps.round,
  Select: choice,
  SelectV2: choice,
  Sign: steps.sign,
  Sin: steps.sin,
  Size: ({ x }) => integers([sizeOf(shapeOf(x))], []),
  SpaceToBatchND: blocks((x, size, pads) => tf.spaceToBatchND(x, size, pads)),
  Tile: ({ x, inputs }) => tiled(x, numbersOf(inputs[1], "how often")),
  TopKV2({ x, inputs, node }) {
    const k = numbersOf(inputs[1], "how many")[0]!;
    axisOf(-1, shapeOf(x).length);
    const isSorted = flagAt(node, "sorted", true);
    const { values, indices } = tf.topk(tensorOf(x), k, isSorted);
    return [valueOf(values), valueOf(indices)];
  },
  ZerosLike: filledLike(0),
};
