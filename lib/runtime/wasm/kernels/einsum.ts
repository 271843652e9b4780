import * as tf from "@tensorflow/tfjs";
import { composedKernel, type Kernel } from "../../kernels/mod.ts";

/** A tensor whose axes have names: numbers shared between operands. */
interface Named {
  tensor: tf.Tensor;
  axes: number[];
}

/** Sums over the axes for which `drop` holds. */
function sumOut(
  { tensor, axes }: Named,
  drop: (axis: number) => boolean,
): Named {
  return {
    tensor: tf.sum(tensor, [...axes.keys()].filter((i) => drop(axes[i]!))),
    axes: axes.filter((axis) => !drop(axis)),
  };
}

/** Puts the axes into an order. */
function arrange({ tensor, axes }: Named, order: readonly number[]): tf.Tensor {
  return tf.transpose(tensor, order.map((axis) => axes.indexOf(axis)));
}

/** The product of two operands as one matrix product per index of shared axes. */
function contract(
  a: Named,
  b: Named,
  isOutput: (axis: number) => boolean,
): Named {
  const shared = a.axes.filter((axis) => b.axes.includes(axis));
  const batch = shared.filter(isOutput);
  const summed = shared.filter((axis) => !isOutput(axis));
  const left = a.axes.filter((axis) => !shared.includes(axis));
  const right = b.axes.filter((axis) => !shared.includes(axis));
  const sizes = new Map(
    [a, b].flatMap(({ tensor, axes }) =>
      axes.map((axis, i): [number, number] => [axis, tensor.shape[i]!])
    ),
  );
  const size = (axes: readonly number[]): number =>
    axes.reduce((product, axis) => product * sizes.get(axis)!, 1);
  const product = tf.matMul(
    tf.reshape(arrange(a, [...batch, ...left, ...summed]), [
      size(batch),
      size(left),
      size(summed),
    ]),
    tf.reshape(arrange(b, [...batch, ...summed, ...right]), [
      size(batch),
      size(summed),
      size(right),
    ]),
  );
  const axes = [...batch, ...left, ...right];
  const shape = axes.map((axis) => sizes.get(axis)!);
  return { tensor: tf.reshape(product, shape), axes };
}

/**
 * Einstein summation of one or two tensors, such as `"bij,bjk->bik"`: axes that
 * only one operand has are summed first, the rest is matrix products.
 */
export const einsum: Kernel = composedKernel(
  tf.Einsum,
  (inputs: Record<string, tf.Tensor>, { equation }: tf.EinsumAttrs) => {
    const tensors = Object.values(inputs);
    const { decodeEinsumEquation, checkEinsumDimSizes } = tf.backend_util;
    const { allDims, summedDims, idDims } = decodeEinsumEquation(
      equation,
      tensors.length,
    );
    checkEinsumDimSizes(allDims.length, idDims, tensors);
    const isOutput = (axis: number): boolean => !summedDims.includes(axis);
    const [a, b] = tensors.map((tensor, i): Named =>
      sumOut(
        { tensor, axes: idDims[i]! },
        (axis) =>
          !isOutput(axis) &&
          idDims.every((other, j) => j === i || !other.includes(axis)),
      )
    );
    const result = b === undefined ? a! : contract(a!, b, isOutput);
    // The output's axes are numbered first, in their order.
    return arrange(result, result.axes.toSorted((p, q) => p - q));
  },
);
